package dev.patchbay.flows;

import dev.patchbay.flows.Flows.FlowView;
import dev.patchbay.flows.internal.definition.FlowAudit;
import dev.patchbay.flows.internal.definition.FlowChecks;
import dev.patchbay.flows.internal.definition.FlowRepository;
import dev.patchbay.flows.internal.definition.FlowRepository.StoredVersion;
import dev.patchbay.flows.internal.definition.Promotions;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Which version of a flow new runs begin with. Runs end on the version they began with. */
@Service
public class FlowVersions {

    private final FlowRepository flows;
    private final FlowChecks checks;
    private final Promotions promotions;
    private final FlowAudit audit;
    private final Tenancy tenancy;
    private final Clock clock;

    FlowVersions(
            FlowRepository flows,
            FlowChecks checks,
            Promotions promotions,
            FlowAudit audit,
            Tenancy tenancy,
            Clock clock) {
        this.flows = flows;
        this.checks = checks;
        this.promotions = promotions;
        this.audit = audit;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Makes a draft the active version, after checking it once more; the one before retires.
     *
     * @param version which draft; null for the newest
     * @throws Problem {@code 404.flow_not_found}; {@code 409.flow_state_conflict} when there is no such draft, or when a
     *     client that the flow serves has no connection for a port it calls; {@code 422.flow_invalid}
     */
    public FlowView promote(TenantId tenant, String actor, String flowId, @Nullable String version) {
        return tenancy.inTenant(tenant, () -> {
            var versions = flows.existing(tenant, flowId);
            var draft = version == null ? newestDraft(versions) : inState("draft", named(versions, version));
            var missing = checks.missingBindings(tenant, flowId, checks.read(draft.source()), draft.source());
            if (!missing.isEmpty()) {
                throw new Problem(
                        ProblemType.FLOW_STATE_CONFLICT, missing.getFirst().message(), missing);
            }
            return activate(tenant, actor, "promoted", versions, draft);
        });
    }

    /**
     * Makes a retired version the active one again. It was checked when it was promoted and is not checked now: what
     * is to be left behind may be worse.
     *
     * @param version which one; null for the one that was active before the present one was promoted
     * @throws Problem {@code 404.flow_not_found}; {@code 409.flow_state_conflict} when there is no such retired version
     */
    public FlowView rollBack(TenantId tenant, String actor, String flowId, @Nullable String version) {
        return tenancy.inTenant(tenant, () -> {
            var versions = flows.existing(tenant, flowId);
            String target = version == null ? before(tenant, flowId, versions) : version;
            return activate(tenant, actor, "rolled_back", versions, inState("retired", named(versions, target)));
        });
    }

    private String before(TenantId tenant, String flowId, List<StoredVersion> versions) {
        return active(versions)
                .flatMap(version -> promotions.before(tenant, flowId, version.version()))
                .orElseThrow(() -> new Problem(
                        ProblemType.FLOW_STATE_CONFLICT,
                        "No version was active before this one; name the version to go back to."));
    }

    private FlowView activate(
            TenantId tenant, String actor, String kind, List<StoredVersion> versions, StoredVersion version) {
        var before = active(versions);
        flows.activate(tenant, version);
        promotions.record(
                tenant,
                version,
                new Promotions.Promotion(
                        kind,
                        before.map(StoredVersion::version).orElse(null),
                        version.version(),
                        actor,
                        clock.instant()));
        audit.changed(TenantScope.of(tenant), actor, "flow." + kind, version, before.map(StoredVersion::digest));
        return new FlowView(version.flowId(), version.name(), version.version(), "active", version.digest());
    }

    private static Optional<StoredVersion> active(List<StoredVersion> versions) {
        return versions.stream()
                .filter(version -> version.state().equals("active"))
                .findFirst();
    }

    private static StoredVersion newestDraft(List<StoredVersion> versions) {
        return versions.stream()
                .filter(version -> version.state().equals("draft"))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.FLOW_STATE_CONFLICT,
                        "This flow has no draft to promote; post a new version first."));
    }

    private static StoredVersion named(List<StoredVersion> versions, String version) {
        return versions.stream()
                .filter(candidate -> candidate.version().equals(version))
                .findFirst()
                .orElseThrow(
                        () -> new Problem(ProblemType.FLOW_NOT_FOUND, "This flow has no version " + version + "."));
    }

    private static StoredVersion inState(String state, StoredVersion version) {
        if (!version.state().equals(state)) {
            throw new Problem(
                    ProblemType.FLOW_STATE_CONFLICT,
                    "Version %s is %s, not %s: drafts are promoted, retired versions are rolled back to."
                            .formatted(version.version(), version.state(), state));
        }
        return version;
    }
}
