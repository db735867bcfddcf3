package dev.patchbay.billing.invoices;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.invoices.InvoiceRepository.Filter;
import dev.patchbay.billing.invoices.InvoiceView.LineCall;
import dev.patchbay.billing.ledger.Ledger;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import dev.patchbay.billing.subscriptions.Periods;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.billing.subscriptions.Subscriptions;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers questions about invoices, and voids them. */
@Component
public class Invoices {

    private final InvoiceRepository repository;
    private final InvoiceLineRepository lines;
    private final LineCalls lineCalls;
    private final Subscriptions subscriptions;
    private final Periods periods;
    private final Ledger ledger;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Invoices(
            InvoiceRepository repository,
            InvoiceLineRepository lines,
            LineCalls lineCalls,
            Subscriptions subscriptions,
            Periods periods,
            Ledger ledger,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.lines = lines;
        this.lineCalls = lineCalls;
        this.subscriptions = subscriptions;
        this.periods = periods;
        this.ledger = ledger;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Lists the invoices within the scope, newest first.
     *
     * @param client null for all clients
     * @param subscription null for all subscriptions
     * @param after the id of the last one already listed; empty text starts at the newest
     */
    public Page<InvoiceView> list(
            TenantScope scope, @Nullable String client, @Nullable String subscription, String after, int limit) {
        List<InvoiceView> views = tenancy
                .inTenant(
                        scope.tenant(),
                        () -> repository.list(scope, new Filter(client, subscription), after, limit + 1))
                .stream()
                .map(InvoiceView::of)
                .toList();
        return Page.of(views, limit, view -> view.id().value());
    }

    /**
     * Returns the invoice with its lines.
     *
     * @param showCosts whether the reader may see costs
     * @throws Problem {@code 404.invoice_not_found}
     */
    public InvoiceView.InvoiceDetails describe(TenantScope scope, InvoiceId id, boolean showCosts) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Invoice invoice = get(scope, id);
            return describe(new Invoice.Whole(invoice, lines.list(scope.tenant(), invoice)), showCosts);
        });
    }

    /** Returns the view of an invoice that was read already. */
    public static InvoiceView.InvoiceDetails describe(Invoice.Whole whole, boolean showCosts) {
        return new InvoiceView.InvoiceDetails(
                InvoiceView.of(whole.invoice()),
                whole.lines().stream()
                        .map(line -> InvoiceView.LineView.of(line, showCosts))
                        .toList());
    }

    /**
     * Returns the calls behind a line, in the order of their starts.
     *
     * @param offset the number of calls that were already listed
     * @throws Problem {@code 404.invoice_not_found}, also when the invoice has no such line
     */
    public Page<LineCall> listCalls(TenantScope scope, InvoiceId id, int line, int offset, int limit) {
        return tenancy.inTenant(scope.tenant(), () -> {
            Invoice invoice = get(scope, id);
            List<InvoiceLine> all = lines.list(scope.tenant(), invoice);
            if (line < 1 || line > all.size()) {
                throw new Problem(ProblemType.INVOICE_NOT_FOUND, "The invoice has no line " + line + ".");
            }
            InvoiceLine charged = all.get(line - 1);
            Subscription subscription = subscriptions.get(scope, invoice.subscription());
            BillingPeriod period = periods.list(scope.tenant(), subscription).get(charged.n() - 1);
            List<LineCall> calls = lineCalls.list(scope.tenant(), subscription, period, charged);
            int from = Math.min(offset, calls.size());
            int to = Math.min(from + limit, calls.size());
            return new Page<>(List.copyOf(calls.subList(from, to)), to < calls.size() ? String.valueOf(to) : null);
        });
    }

    /**
     * Makes the invoice void; its period can be finalized again.
     *
     * @throws Problem {@code 404.invoice_not_found}; {@code 409.billing_state_conflict} when it is void already, or another
     *     invoice builds on it
     */
    public InvoiceView voidInvoice(TenantId tenant, String actor, InvoiceId id, String reason) {
        return tenancy.inTenant(tenant, () -> {
            TenantScope scope = TenantScope.of(tenant);
            subscriptions.lock(tenant, get(scope, id).subscription());
            Invoice before = get(scope, id);
            if (!before.state().mayBecome(InvoiceState.VOID)) {
                throw conflict(before.printedNumber() + " is void already.");
            }
            Optional<Invoice> dependent = repository.findDependent(tenant, before);
            if (dependent.isPresent()) {
                throw conflict(dependent.get().printedNumber() + " builds on " + before.printedNumber()
                        + "; make that one void first, or write a credit note.");
            }
            repository.markVoid(tenant, id, actor, reason, clock.instant());
            ledger.reverse(tenant, InvoicePosting.source(before), "void/" + id);
            InvoiceView after = InvoiceView.of(get(scope, id));
            audit.recordChange(
                    TenantScope.of(tenant, before.client()),
                    actor,
                    "invoice.voided",
                    "invoice/" + id,
                    InvoiceView.of(before),
                    after);
            return after;
        });
    }

    private Invoice get(TenantScope scope, InvoiceId id) {
        return repository.find(scope, id).orElseThrow(Invoices::notFound);
    }

    /** Returns the refusal of an id that no invoice within the scope has. */
    public static Problem notFound() {
        return new Problem(ProblemType.INVOICE_NOT_FOUND, "There is no such invoice.");
    }

    private static Problem conflict(String sentence) {
        return new Problem(ProblemType.BILLING_STATE_CONFLICT, sentence);
    }
}
