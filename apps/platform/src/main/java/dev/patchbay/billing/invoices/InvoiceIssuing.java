package dev.patchbay.billing.invoices;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.ledger.Ledger;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stores a draft as a finalized invoice: the number, the rows and the ledger's transfers, all in the tenant's transaction. The
 * number is taken last, so its series is locked for a moment only.
 */
@Component
class InvoiceIssuing {

    private static final Logger LOG = LoggerFactory.getLogger(InvoiceIssuing.class);

    private final InvoiceRepository invoices;
    private final InvoiceLineRepository lines;
    private final InvoiceHistoryRepository history;
    private final Ledger ledger;
    private final ChangeAudit audit;
    private final Clock clock;

    InvoiceIssuing(
            InvoiceRepository invoices,
            InvoiceLineRepository lines,
            InvoiceHistoryRepository history,
            Ledger ledger,
            ChangeAudit audit,
            Clock clock) {
        this.invoices = invoices;
        this.lines = lines;
        this.history = history;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Issues the draft.
     *
     * @throws RatingMismatch when a rating had another result before
     */
    Invoice.Whole issue(TenantId tenant, String actor, Subscription subscription, InvoiceDraft draft) {
        remember(tenant, subscription, draft);
        InvoiceId id = InvoiceId.next(clock.instant());
        long number = invoices.takeNumber(tenant, draft.kind().series());
        var invoice = new Invoice(
                id,
                subscription.client(),
                subscription.id(),
                draft.n(),
                draft.kind(),
                InvoiceState.FINALIZED,
                draft.kind().series(),
                number,
                null,
                draft.totals().subtotal(),
                draft.totals().net(),
                draft.totals().tax(),
                draft.upto(),
                clock.instant().truncatedTo(ChronoUnit.MICROS), // as the database stores it
                actor,
                null,
                null);
        return store(tenant, invoice, draft.toLines(subscription.taxPercent()), draft.inputs());
    }

    /** Stores an invoice that has its number, and posts it to the ledger. */
    Invoice.Whole store(TenantId tenant, Invoice invoice, List<InvoiceLine> stored, byte[] inputs) {
        invoices.insert(tenant, invoice, stored.size(), inputs);
        lines.insert(tenant, invoice, stored);
        var whole = new Invoice.Whole(invoice, stored);
        ledger.post(tenant, InvoicePosting.of(whole));
        audit.recordChange(
                TenantScope.of(tenant, invoice.client()),
                invoice.finalizedBy(),
                invoice.kind() == InvoiceKind.CREDIT_NOTE ? "invoice.credited" : "invoice.finalized",
                "invoice/" + invoice.id(),
                null,
                InvoiceView.of(invoice));
        return whole;
    }

    /**
     * Carries the draft's lines over to the next invoice.
     *
     * @throws RatingMismatch when a rating had another result before
     */
    void carryOver(TenantId tenant, String actor, Subscription subscription, InvoiceDraft draft) {
        remember(tenant, subscription, draft);
        history.carry(tenant, subscription, draft, clock.instant());
        audit.recordChange(
                TenantScope.of(tenant, subscription.client()),
                actor,
                "invoice.carried_over",
                "subscription/" + subscription.id() + "/" + draft.n(),
                null,
                draft.total().toString());
    }

    private void remember(TenantId tenant, Subscription subscription, InvoiceDraft draft) {
        for (RatedPeriod rated : draft.ratings()) {
            if (!history.remember(tenant, subscription, rated, clock.instant())) {
                LOG.error(
                        "subscription {}: period {} was rated again from the same inputs with another result; it is not"
                                + " invoiced until this is explained",
                        subscription.id(),
                        rated.period().n());
                throw new RatingMismatch(rated.period().n());
            }
        }
    }
}
