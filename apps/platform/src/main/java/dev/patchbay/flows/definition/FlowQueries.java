package dev.patchbay.flows.definition;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.patchbay.flowlanguage.FlowComparison;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Flows as the API and the portal show them: their versions, the clients they serve, and the differences of versions. */
@Service
public class FlowQueries {

    private static final int DIFF_CONTEXT_LINES = 3;

    private final FlowViewRepository flows;
    private final PromotionRepository promotions;
    private final Tenancy tenancy;
    private final EvaluationPool evaluations;

    FlowQueries(FlowViewRepository flows, PromotionRepository promotions, Tenancy tenancy, EvaluationPool evaluations) {
        this.flows = flows;
        this.promotions = promotions;
        this.tenancy = tenancy;
        this.evaluations = evaluations;
    }

    /** @param promotedAt the time when it last became the active version; null when it never was */
    public record VersionSummary(
            String version,
            FlowState state,
            String digest,
            Instant createdAt,
            @Nullable Instant promotedAt,
            @Nullable String promotedBy) {}

    /** Describes a flow, with its versions from newest to oldest. */
    public record FlowDetail(FlowId id, String name, List<VersionSummary> versions) {}

    /** @param source the file as it was posted */
    public record VersionDetail(
            FlowId id, String name, String version, FlowState state, String digest, Instant createdAt, String source) {}

    /** Names a client that a flow serves. */
    public record ServedClient(
            String id, String name, @Nullable String version) {}

    /** @param diff the two files line by line, in the unified format */
    public record Comparison(String from, String to, FlowComparison changes, String diff) {}

    /**
     * Returns the flow.
     *
     * @throws Problem {@code 404.flow_not_found}, also for a flow that serves no client of the scope
     */
    public FlowDetail flow(TenantScope scope, FlowId flowId) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var versions = flows.findVersions(scope, flowId, null);
            if (versions.isEmpty()) {
                throw notFound("There is no flow " + flowId + ".");
            }
            var history = promotions.findAll(scope.tenant(), flowId);
            return new FlowDetail(
                    flowId,
                    versions.getFirst().name(),
                    versions.stream().map(version -> summary(version, history)).toList());
        });
    }

    private static VersionSummary summary(VersionDetail version, List<Promotion> history) {
        var last = history.stream()
                .filter(promotion -> promotion.to().equals(version.version()))
                .findFirst();
        return new VersionSummary(
                version.version(),
                version.state(),
                version.digest(),
                version.createdAt(),
                last.map(Promotion::at).orElse(null),
                last.map(Promotion::by).orElse(null));
    }

    /**
     * Returns the version with its file.
     *
     * @throws Problem {@code 404.flow_not_found} when there is no such flow or it has no such version
     */
    public VersionDetail version(TenantScope scope, FlowId flowId, String version) {
        return tenancy.inTenant(scope.tenant(), () -> flows.findVersions(scope, flowId, version)).stream()
                .findFirst()
                .orElseThrow(() -> notFound("There is no version " + version + " of a flow " + flowId + "."));
    }

    /** Returns every change of the active version, newest first. */
    public List<Promotion> promotions(TenantScope scope, FlowId flowId) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> promotions.findAll(scope.tenant(), flow(scope, flowId).id()));
    }

    /** Returns the clients within the scope that the flow serves, by id. */
    public List<ServedClient> clients(TenantScope scope, FlowId flowId) {
        return tenancy.inTenant(scope.tenant(), () -> flows.findClients(scope, flowId));
    }

    /** Returns the flows that serve a client of the scope. */
    public Set<FlowId> findServing(TenantScope scope) {
        return tenancy.inTenant(scope.tenant(), () -> flows.findServing(scope));
    }

    /** Returns the flow of that name; empty when the tenant has none. */
    public Optional<FlowId> findByName(TenantId tenant, String name) {
        return tenancy.inTenant(tenant, () -> flows.findByName(tenant, name));
    }

    /**
     * Returns the differences between two versions.
     *
     * @throws Problem {@code 404.flow_not_found}
     */
    public Comparison compare(TenantScope scope, FlowId flowId, String from, String to) {
        var before = version(scope, flowId, from);
        var after = version(scope, flowId, to);
        return evaluations.computeForRequest(scope.tenant(), checkpoint -> compare(before, after));
    }

    private static Comparison compare(VersionDetail before, VersionDetail after) {
        String from = before.version();
        String to = after.version();
        var changes = FlowComparison.of(FlowFile.readStored(before.source()), FlowFile.readStored(after.source()));
        var lines = before.source().lines().toList();
        var diff = UnifiedDiffUtils.generateUnifiedDiff(
                before.name() + "@" + from,
                after.name() + "@" + to,
                lines,
                DiffUtils.diff(lines, after.source().lines().toList()),
                DIFF_CONTEXT_LINES);
        return new Comparison(from, to, changes, String.join("\n", diff));
    }

    private static Problem notFound(String sentence) {
        return new Problem(ProblemType.FLOW_NOT_FOUND, sentence);
    }
}
