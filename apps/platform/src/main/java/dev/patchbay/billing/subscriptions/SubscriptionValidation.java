package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.plans.PlanView;
import dev.patchbay.billing.plans.Plans;
import dev.patchbay.billing.plans.VersionState;
import dev.patchbay.billing.rating.Measure.Quantity;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.BillableUsage;
import dev.patchbay.usage.BillableUsage.CostCurrency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Decides whether a client may subscribe to a version; a refusal has a pointer and a sentence. */
@Component
class SubscriptionValidation {

    /** The recent past whose costs show in which currencies a client's providers charge. */
    private static final Duration COSTS = Duration.ofDays(62);

    private final Plans plans;
    private final BillableUsage usage;
    private final Clock clock;

    SubscriptionValidation(Plans plans, BillableUsage usage, Clock clock) {
        this.plans = plans;
        this.usage = usage;
        this.clock = clock;
    }

    /** Returns the approved version with which the subscription begins. */
    PlanView.Version requireVersion(TenantId tenant, SubscriptionDraft draft) {
        PlanView.Version version = plans.findVersion(tenant, draft.plan(), draft.version())
                .orElseThrow(() -> JsonInput.invalid("/version", "There is no such plan, or it has no such version."));
        if (version.state() != VersionState.APPROVED) {
            throw JsonInput.invalid(
                    "/version",
                    "Version " + draft.version() + " is " + version.state().wireName()
                            + "; a subscription begins with an approved one.");
        }
        LocalDate endsOn = version.endsOn();
        if (draft.startsOn().isBefore(version.startsOn())
                || (endsOn != null && !draft.startsOn().isBefore(endsOn))) {
            throw JsonInput.invalid(
                    "/startsOn",
                    "A subscription with version " + draft.version() + " begins on " + version.startsOn() + " or later"
                            + (endsOn == null ? "." : ", and before " + endsOn + "."));
        }
        return version;
    }

    /** Refuses a percentage of costs that the client's providers charge in another currency. */
    void requireOneCurrency(TenantId tenant, ClientId client, PlanTerms terms) {
        List<PlanTerms.PlanCharge> ofCosts = terms.charges().stream()
                .filter(charge -> charge.measure().of() == Quantity.COST)
                .toList();
        if (ofCosts.isEmpty()) {
            return;
        }
        Instant since = clock.instant().minus(COSTS);
        for (CostCurrency cost : usage.listCostCurrencies(tenant, client, since)) {
            for (PlanTerms.PlanCharge charge : ofCosts) {
                String product = charge.measure().product();
                boolean counts = product == null || product.equals(cost.product());
                if (counts && !cost.currency().equals(terms.currency().getCurrencyCode())) {
                    throw JsonInput.invalid(
                            "/version",
                            "Charge " + charge.key() + " is a percentage of costs in " + terms.currency() + ", and "
                                    + cost.product() + " of this client costs " + cost.currency() + ".");
                }
            }
        }
    }
}
