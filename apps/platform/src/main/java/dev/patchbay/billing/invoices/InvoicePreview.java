package dev.patchbay.billing.invoices;

import dev.patchbay.billing.Amount;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Periods;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Computes the next invoice of a subscription from the usage so far, as finalizing would, and stores nothing. */
@Component
public class InvoicePreview {

    private final Subscriptions subscriptions;
    private final Periods periods;
    private final InvoiceDrafting drafting;
    private final InvoiceHistoryRepository histories;
    private final Tenancy tenancy;

    InvoicePreview(
            Subscriptions subscriptions,
            Periods periods,
            InvoiceDrafting drafting,
            InvoiceHistoryRepository histories,
            Tenancy tenancy) {
        this.subscriptions = subscriptions;
        this.periods = periods;
        this.drafting = drafting;
        this.histories = histories;
        this.tenancy = tenancy;
    }

    /**
     * The next invoice as it would be now.
     *
     * @param endsOn the day after the period's last one
     * @param cut the last sequence number of usage that counts
     * @param inputs the digest of everything that the amounts were computed from
     */
    public record PreviewedInvoice(
            int period,
            LocalDate startsOn,
            LocalDate endsOn,
            InvoiceKind kind,
            long cut,
            String inputs,
            List<InvoiceView.LineView> lines,
            Amount subtotal,
            Amount net,
            Amount tax,
            Amount total) {}

    /**
     * Previews the invoice of the first period that has none, or else the adjustments of a subscription that has ended.
     *
     * @param showCosts whether the reader may see costs
     * @throws Problem {@code 404.subscription_not_found}, also when the subscription ends before it begins
     */
    public PreviewedInvoice preview(TenantScope scope, SubscriptionId id, boolean showCosts) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Subscription subscription = subscriptions.get(scope, id);
            TenantId tenant = scope.tenant();
            var all = new ArrayList<>(periods.list(tenant, subscription));
            InvoiceHistory history = histories.read(tenant, subscription);
            int stored = all.size();
            if (IntStream.rangeClosed(1, stored).allMatch(history::isSettled)) {
                periods.findNext(tenant, subscription, all).ifPresent(all::add);
            }
            if (all.isEmpty()) {
                throw Subscriptions.notFound();
            }
            int n = IntStream.rangeClosed(1, all.size())
                    .filter(period -> !history.isSettled(period))
                    .findFirst()
                    .orElse(0);
            InvoiceDraft draft = n == 0
                    ? drafting.draftAdjustment(tenant, subscription, all)
                    : drafting.draftRegular(tenant, subscription, all, n);
            return toInvoice(subscription, all.get(draft.n() - 1), draft, showCosts);
        });
    }

    private static PreviewedInvoice toInvoice(
            Subscription subscription, BillingPeriod period, InvoiceDraft draft, boolean showCosts) {
        return new PreviewedInvoice(
                period.n(),
                period.startsOn(),
                period.endsOn(),
                draft.kind(),
                draft.upto(),
                HexFormat.of().formatHex(draft.inputs()),
                draft.toLines(subscription.taxPercent()).stream()
                        .map(line -> InvoiceView.LineView.of(line, showCosts))
                        .toList(),
                Amount.of(draft.totals().subtotal()),
                Amount.of(draft.totals().net()),
                Amount.of(draft.totals().tax()),
                Amount.of(draft.total()));
    }
}
