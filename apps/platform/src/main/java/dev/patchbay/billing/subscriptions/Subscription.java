package dev.patchbay.billing.subscriptions;

import dev.patchbay.billing.PlanId;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.rating.BillingCycle;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.billing.terms.TermsReader;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client's subscription to a version of a plan.
 *
 * @param terms a copy of the version's terms, which never changes
 * @param anchorDay the day of the month on which periods begin
 * @param taxPercent the tax on each line
 * @param endsOn the day after the last one; null without an end
 * @param failure the reason why the last look at it in the background failed; null when it succeeded
 */
public record Subscription(
        SubscriptionId id,
        ClientId client,
        PlanId plan,
        int version,
        JsonNode terms,
        int anchorDay,
        BigDecimal taxPercent,
        LocalDate startsOn,
        @Nullable LocalDate endsOn,
        String createdBy,
        Instant createdAt,
        @Nullable String endedBy,
        @Nullable String failure) {

    public PlanTerms planTerms() {
        return TermsReader.read(terms);
    }

    public byte[] termsDigest() {
        return Json.digest(terms);
    }

    /** Returns the rule by which the periods begin. */
    BillingCycle cycle() {
        return new BillingCycle(startsOn, anchorDay, planTerms().months());
    }

    /** Returns the first moment after the trial; null when there is no trial. */
    public @Nullable Instant trialEndsAt(ZoneId zone) {
        int days = planTerms().trialDays();
        return days == 0 ? null : BillingCycle.firstMomentOf(startsOn.plusDays(days), zone);
    }

    /** Returns whether the period is the subscription's last one. */
    public boolean endsWith(BillingPeriod period) {
        return period.endsOn().equals(endsOn);
    }

    /** Returns whether the subscription has a period that begins on the day. */
    boolean isInForceOn(LocalDate day) {
        return endsOn == null || day.isBefore(endsOn);
    }
}
