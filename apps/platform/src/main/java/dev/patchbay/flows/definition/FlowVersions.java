package dev.patchbay.flows.definition;

import dev.patchbay.flows.definition.Flows.FlowView;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Decides which version of a flow new runs begin with. Runs end on the version they began with. */
@Service
public class FlowVersions {

    private final FlowRepository flows;
    private final FlowChecks checks;
    private final Promotions promotions;
    private final Tenancy tenancy;

    FlowVersions(FlowRepository flows, FlowChecks checks, Promotions promotions, Tenancy tenancy) {
        this.flows = flows;
        this.checks = checks;
        this.promotions = promotions;
        this.tenancy = tenancy;
    }

    /**
     * Makes a draft the active version, after checking it once more; the one before retires.
     *
     * @param version of the draft; null for the newest
     * @throws Problem {@code 404.flow_not_found}; {@code 409.flow_state_conflict} when there is no such draft, or when a
     *     client that the flow serves has no connection for a port it calls; {@code 422.flow_invalid}
     */
    public FlowView promote(TenantId tenant, String actor, FlowId flowId, @Nullable String version) {
        var candidate = findDraft(tenant, flowId, version);
        var definition = checks.read(tenant, candidate.source());
        return tenancy.inTenant(tenant, () -> {
            var versions = flows.lockVersions(tenant, flowId);
            // A version's file never changes: the one that was checked is the one that is promoted.
            var draft = requireVersion(versions, candidate.version());
            Promotions.requireState(FlowState.DRAFT, draft);
            var missing = checks.missingBindings(tenant, flowId, definition, draft.source());
            if (!missing.isEmpty()) {
                throw new Problem(
                        ProblemType.FLOW_STATE_CONFLICT, missing.getFirst().message(), missing);
            }
            return activate(tenant, actor, PromotionKind.PROMOTED, versions, draft);
        });
    }

    private FlowVersion findDraft(TenantId tenant, FlowId flowId, @Nullable String version) {
        var versions = tenancy.inTenant(tenant, () -> flows.lockVersions(tenant, flowId));
        var draft = version == null ? requireNewestDraft(versions) : requireVersion(versions, version);
        Promotions.requireState(FlowState.DRAFT, draft);
        return draft;
    }

    /**
     * Makes a retired version the active one again. It is not checked: the version to be replaced may be worse.
     *
     * @param version null for the one that was active before the present one was promoted
     * @throws Problem {@code 404.flow_not_found}; {@code 409.flow_state_conflict} when there is no such retired version
     */
    public FlowView rollBack(TenantId tenant, String actor, FlowId flowId, @Nullable String version) {
        return tenancy.inTenant(tenant, () -> {
            var versions = flows.lockVersions(tenant, flowId);
            String target = version == null ? requirePrevious(tenant, flowId, versions) : version;
            return activate(tenant, actor, PromotionKind.ROLLED_BACK, versions, requireVersion(versions, target));
        });
    }

    private FlowView activate(
            TenantId tenant, String actor, PromotionKind kind, List<FlowVersion> versions, FlowVersion version) {
        promotions.activate(tenant, actor, kind, versions, version);
        return new FlowView(version.flowId(), version.name(), version.version(), FlowState.ACTIVE, version.digest());
    }

    private String requirePrevious(TenantId tenant, FlowId flowId, List<FlowVersion> versions) {
        return promotions
                .findPrevious(tenant, flowId, versions)
                .orElseThrow(() -> new Problem(
                        ProblemType.FLOW_STATE_CONFLICT,
                        "No version was active before this one; name the version to go back to."));
    }

    private static FlowVersion requireNewestDraft(List<FlowVersion> versions) {
        return versions.stream()
                .filter(version -> version.state() == FlowState.DRAFT)
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.FLOW_STATE_CONFLICT,
                        "This flow has no draft to promote; post a new version first."));
    }

    private static FlowVersion requireVersion(List<FlowVersion> versions, String version) {
        return versions.stream()
                .filter(candidate -> candidate.version().equals(version))
                .findFirst()
                .orElseThrow(
                        () -> new Problem(ProblemType.FLOW_NOT_FOUND, "This flow has no version " + version + "."));
    }
}
