package dev.patchbay.billing.invoices;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Periods;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/**
 * Finalizes periods after their grace: each in one transaction that holds the subscription's lock, so that two of them cannot
 * bill the same period or the same difference.
 */
@Component
public class InvoiceFinalization {

    private final Subscriptions subscriptions;
    private final Periods periods;
    private final InvoiceDrafting drafting;
    private final InvoiceIssuing issuing;
    private final InvoiceRepository invoices;
    private final InvoiceLineRepository lines;
    private final InvoiceHistoryRepository histories;
    private final Tenancy tenancy;
    private final Clock clock;

    InvoiceFinalization(
            Subscriptions subscriptions,
            Periods periods,
            InvoiceDrafting drafting,
            InvoiceIssuing issuing,
            InvoiceRepository invoices,
            InvoiceLineRepository lines,
            InvoiceHistoryRepository histories,
            Tenancy tenancy,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.periods = periods;
        this.drafting = drafting;
        this.issuing = issuing;
        this.invoices = invoices;
        this.lines = lines;
        this.histories = histories;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** The result of finalizing a period. */
    public sealed interface Outcome {

        /** The period has an invoice. */
        record Finalized(Invoice.Whole invoice) implements Outcome {}

        /** The total was below the least amount of an invoice; its lines are due on the next one. */
        record CarriedOver(int n) implements Outcome {}
    }

    /** The result of one look at a subscription in the background. */
    public sealed interface Look {

        /** An invoice was issued or a period carried over; there may be more to do. */
        record Advanced() implements Look {}

        /**
         * Nothing is due.
         *
         * @param dueAt the time of the next look; empty when the subscription never has a period
         */
        record Idle(Optional<Instant> dueAt) implements Look {}

        /** A person has to finalize the period again, because its invoice is void. */
        record WaitsForReissue(int n) implements Look {}
    }

    /**
     * Finalizes the period, or returns its invoice when it has one.
     *
     * @param n the number of the period; 0 for the base that is due before the first one
     * @throws Problem {@code 404.subscription_not_found}; {@code 409.billing_state_conflict} when the period or its grace has not
     *     ended, or an earlier period has no invoice
     */
    public Outcome finalizePeriod(TenantId tenant, String actor, SubscriptionId id, int n) {
        return tenancy.inTenant(tenant, () -> {
            Subscription subscription = subscriptions.lock(tenant, id);
            List<BillingPeriod> opened = periods.open(tenant, subscription, clock.instant());
            Optional<InvoiceId> existing = invoices.findRegular(tenant, id, n);
            if (existing.isPresent()) {
                Invoice invoice =
                        invoices.find(TenantScope.of(tenant), existing.get()).orElseThrow();
                return new Outcome.Finalized(new Invoice.Whole(invoice, lines.list(tenant, invoice)));
            }
            InvoiceHistory history = histories.read(tenant, subscription);
            if (history.carried().contains(n)) {
                return new Outcome.CarriedOver(n);
            }
            requireDue(subscription, opened, history, n);
            return finalizeDraft(tenant, actor, subscription, opened, n);
        });
    }

    private void requireDue(Subscription subscription, List<BillingPeriod> opened, InvoiceHistory history, int n) {
        if (n < first(subscription) || n > opened.size()) {
            throw conflict("The subscription has no period " + n + " that has begun.");
        }
        Instant due = dueAt(subscription, opened, n);
        if (due.isAfter(clock.instant())) {
            throw conflict("Period " + n + " can be finalized from " + due + ", when its grace has ended.");
        }
        OptionalInt earlier = IntStream.range(first(subscription), n)
                .filter(period -> !history.isSettled(period))
                .findFirst();
        if (earlier.isPresent()) {
            throw conflict("Finalize period " + earlier.getAsInt() + " first.");
        }
    }

    private Outcome finalizeDraft(
            TenantId tenant, String actor, Subscription subscription, List<BillingPeriod> opened, int n) {
        InvoiceDraft draft = drafting.draftRegular(tenant, subscription, opened, n);
        boolean isLast = n > 0 && subscription.endsWith(opened.get(n - 1));
        if (!isLast && isBelowMinimum(subscription, draft.total())) {
            issuing.carryOver(tenant, actor, subscription, draft);
            return new Outcome.CarriedOver(n);
        }
        return new Outcome.Finalized(issuing.issue(tenant, actor, subscription, draft));
    }

    /**
     * Opens the periods that have begun, and finalizes the next one whose grace has ended. Of a subscription whose last period
     * is invoiced, it issues an invoice about late usage.
     *
     * @param recheck the time until the next look for late usage
     */
    public Look advance(TenantId tenant, SubscriptionId id, String actor, Duration recheck) {
        return tenancy.inTenant(tenant, () -> {
            Instant now = clock.instant();
            Subscription subscription = subscriptions.lock(tenant, id);
            List<BillingPeriod> opened = periods.open(tenant, subscription, now);
            Optional<Instant> nextStart =
                    periods.findNext(tenant, subscription, opened).map(BillingPeriod::startsAt);
            if (opened.isEmpty()) {
                return new Look.Idle(nextStart);
            }
            InvoiceHistory history = histories.read(tenant, subscription);
            OptionalInt unsettled = IntStream.rangeClosed(first(subscription), opened.size())
                    .filter(period -> !history.isSettled(period))
                    .findFirst();
            if (unsettled.isEmpty()) {
                return issueAdjustment(tenant, actor, subscription, opened)
                        ? new Look.Advanced()
                        : new Look.Idle(Optional.of(now.plus(recheck)));
            }
            int n = unsettled.getAsInt();
            if (history.waitsForReissue(n)) {
                return new Look.WaitsForReissue(n);
            }
            Instant due = dueAt(subscription, opened, n);
            if (due.isAfter(now)) {
                return new Look.Idle(Optional.of(nextStart.filter(due::isAfter).orElse(due)));
            }
            finalizeDraft(tenant, actor, subscription, opened, n);
            return new Look.Advanced();
        });
    }

    private boolean issueAdjustment(
            TenantId tenant, String actor, Subscription subscription, List<BillingPeriod> opened) {
        InvoiceDraft draft = drafting.draftAdjustment(tenant, subscription, opened);
        Money total = draft.total();
        Money least = subscription.planTerms().minimumInvoice();
        if (draft.lines().isEmpty() || Math.abs(total.minorUnits()) < least.minorUnits()) {
            return false;
        }
        issuing.issue(tenant, actor, subscription, draft);
        return true;
    }

    private static boolean isBelowMinimum(Subscription subscription, Money total) {
        return total.minorUnits()
                < Math.max(0, subscription.planTerms().minimumInvoice().minorUnits());
    }

    private static int first(Subscription subscription) {
        return InvoiceDrafting.isInAdvance(subscription) ? 0 : 1;
    }

    private static Instant dueAt(Subscription subscription, List<BillingPeriod> opened, int n) {
        return n == 0
                ? opened.getFirst().startsAt()
                : opened.get(n - 1)
                        .endsAt()
                        .plus(Duration.ofDays(subscription.planTerms().graceDays()));
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.BILLING_STATE_CONFLICT, sentence);
    }
}
