package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.input.InputProblem;
import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.plans.PlanView;
import dev.patchbay.billing.rating.BillingCycle;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.billing.terms.TermsReader;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Manages subscriptions. A subscription keeps a copy of its terms; another price needs an end and a new subscription. */
@Component
public class Subscriptions {

    private final SubscriptionRepository repository;
    private final Periods periods;
    private final SubscriptionValidation validation;
    private final Clients clients;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Subscriptions(
            SubscriptionRepository repository,
            Periods periods,
            SubscriptionValidation validation,
            Clients clients,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.periods = periods;
        this.validation = validation;
        this.clients = clients;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** A subscription that the background has to look at. */
    public record Due(TenantId tenant, SubscriptionId subscription) {}

    /**
     * Lists the subscriptions within the scope.
     *
     * @param client null for all clients
     * @param after the id of the last one already listed; empty text starts at the first
     */
    public Page<SubscriptionView> list(TenantScope scope, @Nullable String client, String after, int limit) {
        List<SubscriptionView> views =
                tenancy.inTenant(scope.tenant(), () -> repository.list(scope, client, after, limit + 1)).stream()
                        .map(subscription -> SubscriptionView.of(subscription, scope.isWholeTenant()))
                        .toList();
        return Page.of(views, limit, view -> view.id().value());
    }

    /**
     * Returns the subscription with its periods.
     *
     * @throws Problem {@code 404.subscription_not_found}
     */
    public SubscriptionView.SubscriptionDetails describe(TenantScope scope, SubscriptionId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Subscription subscription = get(scope, id);
            return new SubscriptionView.SubscriptionDetails(
                    SubscriptionView.of(subscription, scope.isWholeTenant()),
                    scope.isWholeTenant() ? subscription.terms() : null,
                    periods.list(scope.tenant(), subscription).stream()
                            .map(SubscriptionView.Period::of)
                            .toList());
        });
    }

    /**
     * Returns the subscription.
     *
     * @throws Problem {@code 404.subscription_not_found}
     */
    public Subscription get(TenantScope scope, SubscriptionId id) {
        return tenancy.inTenant(scope.tenant(), () -> repository.find(scope, id))
                .orElseThrow(Subscriptions::notFound);
    }

    /**
     * Locks the subscription until the tenant's transaction ends.
     *
     * @throws Problem {@code 404.subscription_not_found}
     */
    public Subscription lock(TenantId tenant, SubscriptionId id) {
        return repository.lock(tenant, id).orElseThrow(Subscriptions::notFound);
    }

    /**
     * Creates a subscription with a copy of the terms.
     *
     * @throws Problem {@code 422.plan_invalid} when the client or the version cannot be subscribed;
     *     {@code 409.billing_state_conflict} when the client has another subscription at that time
     */
    public SubscriptionView create(TenantId tenant, String actor, SubscriptionDraft draft) {
        return tenancy.inTenant(tenant, () -> {
            Client client = clients.find(TenantScope.of(tenant), draft.client())
                    .orElseThrow(() -> JsonInput.invalid("/clientId", "There is no such client."));
            PlanView.Version version = validation.requireVersion(tenant, draft);
            PlanTerms terms = TermsReader.read(version.terms());
            validation.requireOneCurrency(tenant, client.id(), terms);
            Integer anchor = draft.anchorDay() == null ? terms.anchorDay() : draft.anchorDay();
            var subscription = new Subscription(
                    SubscriptionId.next(clock.instant()),
                    client.id(),
                    draft.plan(),
                    draft.version(),
                    version.terms(),
                    anchor == null ? draft.startsOn().getDayOfMonth() : anchor,
                    draft.taxPercent(),
                    draft.startsOn(),
                    null,
                    actor,
                    clock.instant(),
                    null,
                    null);
            insert(tenant, subscription, BillingCycle.firstMomentOf(draft.startsOn(), client.zone()));
            return record(tenant, actor, "subscription.created", null, subscription.id());
        });
    }

    private void insert(TenantId tenant, Subscription subscription, Instant dueAt) {
        try {
            repository.insert(tenant, subscription, dueAt);
        } catch (DataIntegrityViolationException refused) {
            if (!String.valueOf(refused.getMessage()).contains("subscription_apart")) {
                throw refused;
            }
            String sentence = "The client has another subscription on " + subscription.startsOn()
                    + " or later; end it before this one begins.";
            throw new Problem(
                    ProblemType.BILLING_STATE_CONFLICT, sentence, List.of(new InputProblem("/startsOn", sentence)));
        }
    }

    /**
     * Ends a subscription.
     *
     * @param endsOn the day after the last one
     * @throws Problem {@code 404.subscription_not_found}; {@code 409.billing_state_conflict} when it has ended already, or the
     *     day lies before its newest period
     */
    public SubscriptionView end(TenantId tenant, String actor, SubscriptionId id, LocalDate endsOn) {
        return tenancy.inTenant(tenant, () -> {
            Subscription subscription = lock(tenant, id);
            if (subscription.endsOn() != null) {
                throw conflict("The subscription ends on " + subscription.endsOn() + " already.");
            }
            List<BillingPeriod> opened = periods.list(tenant, subscription);
            LocalDate earliest = opened.isEmpty()
                    ? subscription.startsOn()
                    : opened.getLast().startsOn().plusDays(1);
            if (endsOn.isBefore(earliest)) {
                throw conflict("The subscription can end on " + earliest + " at the earliest.");
            }
            repository.end(tenant, id, endsOn, actor, clock.instant());
            periods.shorten(tenant, subscription, endsOn);
            return record(tenant, actor, "subscription.ended", SubscriptionView.of(subscription, true), id);
        });
    }

    /** Returns the subscriptions of all tenants that the background has to look at. */
    public List<Due> listDue(int limit) {
        return tenancy.throughDefinerFunction(() -> repository.listDue(clock.instant(), limit));
    }

    /**
     * Sets the time of the next look.
     *
     * @param dueAt null for never
     * @param failure the reason why the last look failed; null when it succeeded
     */
    public void schedule(TenantId tenant, SubscriptionId id, Optional<Instant> dueAt, @Nullable String failure) {
        tenancy.inTenant(tenant, () -> repository.schedule(tenant, id, dueAt.orElse(null), failure));
    }

    private SubscriptionView record(
            TenantId tenant, String actor, String action, @Nullable SubscriptionView before, SubscriptionId id) {
        Subscription subscription = get(TenantScope.of(tenant), id);
        SubscriptionView after = SubscriptionView.of(subscription, true);
        audit.recordChange(
                TenantScope.of(tenant, subscription.client()), actor, action, "subscription/" + id, before, after);
        return after;
    }

    /** Returns the refusal of an id that no subscription within the scope has. */
    public static Problem notFound() {
        return new Problem(ProblemType.SUBSCRIPTION_NOT_FOUND, "There is no such subscription.");
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.BILLING_STATE_CONFLICT, sentence);
    }
}
