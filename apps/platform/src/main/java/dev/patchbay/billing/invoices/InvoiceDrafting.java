package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.Measure.Quantity;
import dev.patchbay.billing.rating.PlanTerms;
import dev.patchbay.billing.rating.PlanTerms.BaseTiming;
import dev.patchbay.billing.rating.RatedLine;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.TenantId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Computes invoices. Each charge of each period is billed as the difference between its rating up to the cutoff and the amount
 * that earlier invoices billed, so late usage, carried totals and bases in advance all follow one rule.
 */
@Component
class InvoiceDrafting {

    private final PeriodRater rater;
    private final InvoiceHistoryRepository history;

    InvoiceDrafting(PeriodRater rater, InvoiceHistoryRepository history) {
        this.rater = rater;
        this.history = history;
    }

    /** Returns whether the subscription's base is due before its period. */
    static boolean isInAdvance(Subscription subscription) {
        PlanTerms.Base base = subscription.planTerms().base();
        return base != null && base.when() == BaseTiming.ADVANCE;
    }

    /**
     * Drafts the invoice of a period, with the next period's base in advance and with changes of earlier periods.
     *
     * @param periods the opened periods in order; for a preview, with one that is not stored
     * @param n the number of the period; 0 for the base that is due before the first one
     */
    InvoiceDraft draftRegular(TenantId tenant, Subscription subscription, List<BillingPeriod> periods, int n) {
        var work = new Work(tenant, subscription, history.read(tenant, subscription));
        if (n > 0) {
            work.addWhole(periods.get(n - 1));
        }
        if (isInAdvance(subscription) && n < periods.size()) {
            work.addBase(periods.get(n));
        }
        periods.subList(0, Math.max(0, n - 1)).forEach(work::addChanges);
        return work.toDraft(InvoiceKind.REGULAR, n);
    }

    /** Drafts an invoice about the usage that became known after the last period was invoiced. */
    InvoiceDraft draftAdjustment(TenantId tenant, Subscription subscription, List<BillingPeriod> periods) {
        var work = new Work(tenant, subscription, history.read(tenant, subscription));
        periods.forEach(work::addChanges);
        return work.toDraft(InvoiceKind.ADJUSTMENT, periods.size());
    }

    /** The lines of one draft. */
    private final class Work {

        private final TenantId tenant;
        private final Subscription subscription;
        private final InvoiceHistory past;
        private final Set<String> costCharges;
        private final long upto;
        private final List<DraftLine> lines = new ArrayList<>();
        private final List<RatedPeriod> ratings = new ArrayList<>();

        Work(TenantId tenant, Subscription subscription, InvoiceHistory past) {
            this.tenant = tenant;
            this.subscription = subscription;
            this.past = past;
            this.upto = rater.cutoff(tenant, subscription);
            this.costCharges = subscription.planTerms().charges().stream()
                    .filter(charge -> charge.measure().of() == Quantity.COST)
                    .map(PlanTerms.PlanCharge::key)
                    .collect(Collectors.toSet());
        }

        /** Adds the lines of the period that the invoice is about. */
        void addWhole(BillingPeriod period) {
            byCharge(rate(period)).forEach((charge, rated) -> {
                if (past.findBilled(period.n(), charge).isEmpty()) {
                    rated.forEach(line -> lines.add(DraftLine.of(period.n(), line, isOfCost(charge), upto)));
                } else {
                    addDifference(period.n(), charge, rated);
                }
            });
        }

        void addBase(BillingPeriod period) {
            rater.rateBase(subscription, period)
                    .lines()
                    .forEach(line -> lines.add(DraftLine.of(period.n(), line, false, upto)));
        }

        /** Adds the lines of an earlier period that was carried over, or whose usage changed since the last invoice. */
        void addChanges(BillingPeriod period) {
            int n = period.n();
            boolean isCarried = past.carried().contains(n) && !past.invoiced().contains(n);
            if (past.isSettled(n)
                    && (isCarried || rater.hasNewUsage(tenant, subscription, period, past.cutoff(), upto))) {
                byCharge(rate(period)).forEach((charge, rated) -> addDifference(n, charge, rated));
            }
        }

        private RatedPeriod rate(BillingPeriod period) {
            RatedPeriod rated = rater.rate(tenant, subscription, period, upto);
            ratings.add(rated);
            return rated;
        }

        private void addDifference(int n, String charge, List<RatedLine> rated) {
            Money nothing = new Money(subscription.planTerms().currency(), 0);
            Money now = rated.stream().map(RatedLine::amount).reduce(nothing, Money::plus);
            Optional<Money> billed = past.findBilled(n, charge);
            if (now.equals(billed.orElse(nothing))) {
                return;
            }
            lines.add(
                    billed.isEmpty()
                            ? DraftLine.carriedOver(n, rated, isOfCost(charge), now, upto)
                            : DraftLine.difference(
                                    n, rated.getFirst(), isOfCost(charge), now, billed.get(), past.cutoff(), upto));
        }

        private boolean isOfCost(String charge) {
            return costCharges.contains(charge);
        }

        private static Map<String, List<RatedLine>> byCharge(RatedPeriod rated) {
            var byCharge = new LinkedHashMap<String, List<RatedLine>>();
            rated.lines()
                    .forEach(line -> byCharge.computeIfAbsent(line.charge(), any -> new ArrayList<>())
                            .add(line));
            return byCharge;
        }

        InvoiceDraft toDraft(InvoiceKind kind, int n) {
            return InvoiceDraft.of(kind, n, upto, subscription, lines, ratings);
        }
    }
}
