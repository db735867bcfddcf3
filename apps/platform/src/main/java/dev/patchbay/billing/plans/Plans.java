package dev.patchbay.billing.plans;

import dev.patchbay.billing.PlanId;
import dev.patchbay.billing.plans.PlanDraft.VersionDraft;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Manages plans, whose versions are drafted, approved and retired. Terms never change: another price needs another version. */
@Component
public class Plans {

    private static final int MAX_VERSIONS = 500;

    private final PlanRepository repository;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Plans(PlanRepository repository, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.repository = repository;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Lists the tenant's plans.
     *
     * @param after the id of the last plan already listed; empty text starts at the first
     */
    public Page<PlanView> list(TenantId tenant, String after, int limit) {
        return Page.of(
                tenancy.inTenant(tenant, () -> repository.list(tenant, after, limit + 1)),
                limit,
                plan -> plan.id().value());
    }

    /**
     * Lists the plan's versions.
     *
     * @throws Problem {@code 404.plan_not_found}
     */
    public List<PlanView.Version> listVersions(TenantId tenant, PlanId plan) {
        return tenancy.inTenant(tenant, () -> {
            require(tenant, plan);
            return repository.listVersions(tenant, plan, MAX_VERSIONS);
        });
    }

    /**
     * Returns one version of the plan.
     *
     * @throws Problem {@code 404.plan_not_found}
     */
    public PlanView.Version getVersion(TenantId tenant, PlanId plan, int version) {
        return findVersion(tenant, plan, version)
                .orElseThrow(() -> notFound("The plan has no version " + version + "."));
    }

    /** Returns one version of the plan; empty when there is none. */
    public Optional<PlanView.Version> findVersion(TenantId tenant, PlanId plan, int version) {
        return tenancy.inTenant(tenant, () -> repository.findVersion(tenant, plan, version));
    }

    /**
     * Creates a plan with its first version.
     *
     * @throws Problem {@code 409.billing_state_conflict} when a plan already has that name
     */
    public PlanView create(TenantId tenant, String actor, PlanDraft draft) {
        PlanId plan = PlanId.next(clock.instant());
        return tenancy.inTenant(tenant, () -> {
            if (!repository.insert(tenant, plan, draft.name(), clock.instant())) {
                throw conflict("A plan is named " + draft.name() + " already; draft a version of it.");
            }
            insertVersion(tenant, actor, plan, 1, draft.version());
            return require(tenant, plan);
        });
    }

    /**
     * Drafts the next version of the plan.
     *
     * @throws Problem {@code 404.plan_not_found}; {@code 409.billing_state_conflict} when the plan has too many versions
     */
    public PlanView.Version draft(TenantId tenant, String actor, PlanId plan, VersionDraft draft) {
        return tenancy.inTenant(tenant, () -> {
            if (!repository.lock(tenant, plan)) {
                throw notFound("There is no such plan.");
            }
            int number = require(tenant, plan).newest() + 1;
            if (number > MAX_VERSIONS) {
                throw conflict("A plan has at most " + MAX_VERSIONS + " versions.");
            }
            insertVersion(tenant, actor, plan, number, draft);
            return getVersion(tenant, plan, number);
        });
    }

    private void insertVersion(TenantId tenant, String actor, PlanId plan, int number, VersionDraft draft) {
        repository.insertVersion(
                tenant,
                plan,
                new PlanView.Version(
                        number,
                        VersionState.DRAFT,
                        draft.startsOn(),
                        draft.endsOn(),
                        actor,
                        clock.instant(),
                        null,
                        null,
                        draft.terms()));
        record(tenant, actor, "plan.drafted", plan, number);
    }

    /**
     * Approves a drafted version.
     *
     * @throws Problem {@code 404.plan_not_found}; {@code 409.billing_state_conflict} when the version is no draft
     */
    public PlanView.Version approve(TenantId tenant, String actor, PlanId plan, int version) {
        return tenancy.inTenant(tenant, () -> {
            requireNext(tenant, plan, version, VersionState.APPROVED);
            repository.approve(tenant, plan, version, actor, clock.instant());
            record(tenant, actor, "plan.approved", plan, version);
            return getVersion(tenant, plan, version);
        });
    }

    /**
     * Retires an approved version.
     *
     * @throws Problem {@code 404.plan_not_found}; {@code 409.billing_state_conflict} when the version is not approved
     */
    public PlanView.Version retire(TenantId tenant, String actor, PlanId plan, int version) {
        return tenancy.inTenant(tenant, () -> {
            requireNext(tenant, plan, version, VersionState.RETIRED);
            repository.retire(tenant, plan, version);
            record(tenant, actor, "plan.retired", plan, version);
            return getVersion(tenant, plan, version);
        });
    }

    private void requireNext(TenantId tenant, PlanId plan, int version, VersionState next) {
        repository.lock(tenant, plan);
        VersionState state = getVersion(tenant, plan, version).state();
        if (!state.mayBecome(next)) {
            throw conflict("Version " + version + " is " + state.wireName() + ", so it does not become "
                    + next.wireName() + ".");
        }
    }

    private PlanView require(TenantId tenant, PlanId plan) {
        return repository.find(tenant, plan).orElseThrow(() -> notFound("There is no such plan."));
    }

    private void record(TenantId tenant, String actor, String action, PlanId plan, int version) {
        audit.recordChange(
                TenantScope.of(tenant),
                actor,
                action,
                "plan/" + plan + "/" + version,
                null,
                getVersion(tenant, plan, version).terms());
    }

    private static Problem notFound(String sentence) {
        return new Problem(ProblemType.PLAN_NOT_FOUND, sentence);
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.BILLING_STATE_CONFLICT, sentence);
    }
}
