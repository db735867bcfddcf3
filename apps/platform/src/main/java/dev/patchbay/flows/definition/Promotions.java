package dev.patchbay.flows.definition;

import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes versions the active ones, and keeps and audits each change. Every method joins the caller's transaction. */
@Component
class Promotions {

    private final FlowRepository flows;
    private final PromotionRepository promotions;
    private final FlowAudit audit;
    private final Clock clock;

    Promotions(FlowRepository flows, PromotionRepository promotions, FlowAudit audit, Clock clock) {
        this.flows = flows;
        this.promotions = promotions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Makes the version the active one.
     *
     * @param versions all of the flow's, locked
     * @throws Problem {@code 409.flow_state_conflict} when the version is not in the state that the kind starts from
     */
    void activate(TenantId tenant, String actor, PromotionKind kind, List<FlowVersion> versions, FlowVersion version) {
        requireState(kind.from(), version);
        var before = findActive(versions);
        flows.activate(tenant, version);
        promotions.insert(
                tenant,
                version.flowId(),
                new Promotion(
                        kind,
                        before.map(FlowVersion::version).orElse(null),
                        version.version(),
                        actor,
                        clock.instant()));
        audit.record(TenantScope.of(tenant), actor, "flow." + kind.code(), version, before.map(FlowVersion::digest));
    }

    /** @throws Problem {@code 409.flow_state_conflict} */
    static void requireState(FlowState state, FlowVersion version) {
        if (version.state() != state) {
            throw new Problem(
                    ProblemType.FLOW_STATE_CONFLICT,
                    "Version %s is %s, not %s: drafts are promoted, retired versions are rolled back to."
                            .formatted(version.version(), version.state().code(), state.code()));
        }
    }

    /** The version that was active before the active one was promoted. */
    Optional<String> findPrevious(TenantId tenant, FlowId flowId, List<FlowVersion> versions) {
        return findActive(versions).flatMap(version -> promotions.findPrevious(tenant, flowId, version.version()));
    }

    private static Optional<FlowVersion> findActive(List<FlowVersion> versions) {
        return versions.stream()
                .filter(version -> version.state() == FlowState.ACTIVE)
                .findFirst();
    }
}
