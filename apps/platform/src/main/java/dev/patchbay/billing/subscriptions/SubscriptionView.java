package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.PlanId;
import dev.patchbay.billing.SubscriptionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A subscription over HTTP.
 *
 * @param endsOn the day after the last one; null without an end
 * @param failure the reason why its last period could not be invoiced; only for people of the agency
 */
public record SubscriptionView(
        SubscriptionId id,
        String clientId,
        PlanId planId,
        int version,
        String currency,
        LocalDate startsOn,
        @Nullable LocalDate endsOn,
        int anchorDay,
        String taxPercent,
        Instant createdAt,
        @Nullable String failure) {

    /**
     * A subscription with its periods.
     *
     * @param terms the frozen terms; only for people of the agency, because a percentage of the cost tells the margin
     */
    public record SubscriptionDetails(
            SubscriptionView subscription, @Nullable JsonNode terms, List<Period> periods) {}

    /** A period; its end is exclusive. */
    public record Period(int n, LocalDate startsOn, LocalDate endsOn, Instant startsAt, Instant endsAt, String zone) {

        static Period of(BillingPeriod period) {
            return new Period(
                    period.n(),
                    period.startsOn(),
                    period.endsOn(),
                    period.startsAt(),
                    period.endsAt(),
                    period.zone().getId());
        }
    }

    static SubscriptionView of(Subscription subscription, boolean forAgency) {
        return new SubscriptionView(
                subscription.id(),
                subscription.client().value(),
                subscription.plan(),
                subscription.version(),
                subscription.terms().path("currency").asString(),
                subscription.startsOn(),
                subscription.endsOn(),
                subscription.anchorDay(),
                subscription.taxPercent().toPlainString(),
                subscription.createdAt(),
                forAgency ? subscription.failure() : null);
    }
}
