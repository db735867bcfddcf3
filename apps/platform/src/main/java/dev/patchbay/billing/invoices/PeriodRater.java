package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.PeriodRating;
import dev.patchbay.billing.rating.RatedLine;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.BillableRecord;
import dev.patchbay.usage.BillableUsage;
import java.util.List;
import org.springframework.stereotype.Component;

/** Rates a period from the usage up to a cutoff. */
@Component
class PeriodRater {

    private final BillableUsage usage;

    PeriodRater(BillableUsage usage) {
        this.usage = usage;
    }

    /** Rates the period without the shares of calls. */
    RatedPeriod rate(TenantId tenant, Subscription subscription, BillingPeriod period, long upto) {
        List<BillableRecord> records = list(tenant, subscription, period, upto);
        return new RatedPeriod(
                period,
                upto,
                PeriodRating.rateWithoutShares(
                        subscription.planTerms(), period.window(), subscription.trialEndsAt(period.zone()), records),
                RatingDigest.ofInputs(subscription, period, records));
    }

    /** Returns the same lines with the share of each call. */
    List<RatedLine> rateWithShares(TenantId tenant, Subscription subscription, BillingPeriod period, long upto) {
        return PeriodRating.rate(
                subscription.planTerms(),
                period.window(),
                subscription.trialEndsAt(period.zone()),
                list(tenant, subscription, period, upto));
    }

    private List<BillableRecord> list(TenantId tenant, Subscription subscription, BillingPeriod period, long upto) {
        return usage.list(tenant, subscription.client(), period.startsAt(), period.endsAt(), upto);
    }

    /** Rates the base of a period, which does not depend on usage. */
    RatedPeriod rateBase(Subscription subscription, BillingPeriod period) {
        List<RatedLine> lines = PeriodRating.rate(
                subscription.planTerms(), period.window(), subscription.trialEndsAt(period.zone()), List.of());
        return new RatedPeriod(
                period,
                0,
                lines.stream()
                        .filter(line -> line.charge().equals(PeriodRating.BASE))
                        .toList(),
                RatingDigest.ofInputs(subscription, period, List.of()));
    }

    /** Returns whether usage of the period was recorded after one cutoff and up to another. */
    boolean hasNewUsage(TenantId tenant, Subscription subscription, BillingPeriod period, long after, long upto) {
        return usage.hasRecords(tenant, subscription.client(), period.startsAt(), period.endsAt(), after, upto);
    }

    /** Returns the present cutoff, read without a lock: every record up to it is visible. */
    long cutoff(TenantId tenant, Subscription subscription) {
        return usage.sequenceOf(tenant, subscription.client());
    }
}
