package dev.patchbay.prompts.internal;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.prompts.InstanceId;
import dev.patchbay.prompts.PromptInstances;
import dev.patchbay.prompts.PromptInstances.InstanceDetail;
import dev.patchbay.prompts.PromptInstances.InstanceView;
import dev.patchbay.prompts.PromptReleases;
import dev.patchbay.prompts.PromptReleases.ReleaseView;
import dev.patchbay.prompts.ReleaseId;
import dev.patchbay.prompts.ReleaseState;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** Freezes clients' prompts as releases, and records who approved or withdrew each. */
@Service
class ReleaseService implements PromptReleases {

    private static final int MAX_LISTED = 500;

    private final ReleaseRepository releases;
    private final PromptInstances instances;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    ReleaseService(
            ReleaseRepository releases, PromptInstances instances, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.releases = releases;
        this.instances = instances;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public ReleaseView release(TenantScope scope, String actor, InstanceId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            InstanceDetail frozen = instances.find(scope, id);
            PromptChecks.require(instances.validate(scope, id));
            ReleaseId release = ReleaseId.next(clock.instant());
            releases.insert(scope.tenant(), release, frozen, actor, clock.instant());
            record(scope, actor, "prompt.released", frozen.instance(), frozen.source());
            return requireRelease(scope, release);
        });
    }

    private ReleaseView requireRelease(TenantScope scope, ReleaseId id) {
        return releases.lock(scope, id).orElseThrow(() -> PromptChecks.notFound("There is no such release."));
    }

    @Override
    public List<ReleaseView> listReleases(TenantScope scope, InstanceId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            instances.find(scope, id);
            return releases.list(scope.tenant(), id, MAX_LISTED);
        });
    }

    @Override
    public ReleaseView approve(TenantScope scope, String actor, ReleaseId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            if (requireRelease(scope, id).releasedBy().equals(actor)) {
                throw PromptChecks.conflict("Another person than the one who released it approves a release.");
            }
            return moveTo(scope, actor, id, ReleaseState.APPROVED, "prompt.approved");
        });
    }

    @Override
    public ReleaseView withdraw(TenantScope scope, String actor, ReleaseId id) {
        return tenancy.inTenant(
                scope.tenant(), () -> moveTo(scope, actor, id, ReleaseState.WITHDRAWN, "prompt.withdrawn"));
    }

    private ReleaseView moveTo(TenantScope scope, String actor, ReleaseId id, ReleaseState next, String action) {
        ReleaseView release = requireRelease(scope, id);
        if (!release.state().mayBecome(next)) {
            throw PromptChecks.conflict("The release is " + release.state().wireName() + ".");
        }
        releases.setState(scope.tenant(), id, next, next == ReleaseState.APPROVED ? actor : null);
        record(scope, actor, action, instances.find(scope, release.instanceId()).instance(), release.number());
        return requireRelease(scope, id);
    }

    private void record(TenantScope scope, String actor, String action, InstanceView instance, Object state) {
        audit.recordChange(
                TenantScope.of(scope.tenant(), instance.clientId()),
                actor,
                action,
                "prompt/" + instance.id(),
                null,
                state);
    }
}
