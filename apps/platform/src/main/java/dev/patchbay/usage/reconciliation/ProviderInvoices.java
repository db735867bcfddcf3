package dev.patchbay.usage.reconciliation;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.reconciliation.DifferenceRepository.Undecided;
import dev.patchbay.usage.reconciliation.InvoiceView.Difference;
import dev.patchbay.usage.reconciliation.ProviderInvoiceRepository.Stored;
import dev.patchbay.usage.records.InvoiceAdjustments;
import dev.patchbay.usage.records.Rollups;
import dev.patchbay.usage.reports.Amount;
import dev.patchbay.usage.spi.ProviderInvoiceReader;
import dev.patchbay.usage.spi.ProviderInvoiceReader.Format;
import dev.patchbay.usage.spi.ProviderInvoiceReader.ProviderInvoice;
import dev.patchbay.usage.spi.ProviderInvoiceReader.Unreadable;
import dev.patchbay.usage.spi.UsageSource.Window;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The invoices of providers: stored, compared with our records, and decided about difference by difference. */
@Component
public class ProviderInvoices {

    private final Map<String, ProviderInvoiceReader> readers;
    private final ProviderInvoiceRepository invoices;
    private final DifferenceRepository differences;
    private final InvoiceReconciliation reconciliation;
    private final InvoiceAdjustments adjustments;
    private final Rollups rollups;
    private final Connections connections;
    private final ChangeAudit audit;
    private final Tenancy tenancy;
    private final Clock clock;
    /** An invoice of a large month takes about 100 MB while it is read. */
    private final Semaphore slot = new Semaphore(1);

    ProviderInvoices(
            List<ProviderInvoiceReader> readers,
            ProviderInvoiceRepository invoices,
            DifferenceRepository differences,
            InvoiceReconciliation reconciliation,
            InvoiceAdjustments adjustments,
            Rollups rollups,
            Connections connections,
            ChangeAudit audit,
            Tenancy tenancy,
            Clock clock) {
        this.readers = readers.stream().collect(Collectors.toMap(ProviderInvoiceReader::provider, Function.identity()));
        this.invoices = invoices;
        this.differences = differences;
        this.reconciliation = reconciliation;
        this.adjustments = adjustments;
        this.rollups = rollups;
        this.connections = connections;
        this.audit = audit;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Stores an invoice, in place of an earlier one of the same month, and reconciles it.
     *
     * @param month null: the document's own
     * @throws Problem {@code 404.connection_not_found}; {@code 422.provider_invoice_invalid} for a document that is not an invoice
     *     of this provider and month; {@code 429.too_many_requests} while another one is read
     */
    public InvoiceView receive(
            TenantId tenant,
            String actor,
            ConnectionId connection,
            Format format,
            @Nullable YearMonth month,
            InputStream body)
            throws IOException {
        String provider = providerOf(tenant, connection);
        ProviderInvoiceReader reader = readers.get(provider);
        if (reader == null) {
            throw invalid("Invoices of " + provider + " cannot be read; those of " + String.join(", ", readers.keySet())
                    + " can.");
        }
        if (!slot.tryAcquire()) {
            throw new Problem(ProblemType.RATE_LIMITED, "Another invoice is being read; send this one again.");
        }
        try {
            ProviderInvoice invoice = reader.read(body, format, month);
            return store(tenant, actor, connection, provider, invoice);
        } catch (Unreadable unreadable) {
            throw invalid(String.valueOf(unreadable.getMessage()));
        } finally {
            slot.release();
        }
    }

    private static Problem invalid(String sentence) {
        return new Problem(ProblemType.PROVIDER_INVOICE_INVALID, sentence);
    }

    private String providerOf(TenantId tenant, ConnectionId connection) {
        try {
            Account account = connections.load(tenant, connection);
            return account.provider();
        } catch (NoSuchElementException unknown) {
            throw new Problem(ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + connection + ".");
        }
    }

    private InvoiceView store(
            TenantId tenant, String actor, ConnectionId connection, String provider, ProviderInvoice invoice) {
        Instant startsAt = invoice.month().atDay(1).atStartOfDay(invoice.zone()).toInstant();
        Instant endsAt = invoice.month()
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(invoice.zone())
                .toInstant();
        requirePlausible(invoice, startsAt, endsAt);
        String id = Ids.next("pin", clock.instant());
        return tenancy.inTenant(tenant, () -> {
            invoices.insert(tenant, id, connection, provider, invoice, startsAt, endsAt, clock.instant());
            audit.recordChange(
                    TenantScope.of(tenant),
                    actor,
                    "provider_invoice.received",
                    "provider-invoice/" + id,
                    null,
                    invoice.month());
            return reconcileNow(tenant, requireLocked(tenant, id));
        });
    }

    /** Rejects a document whose lines are of another month, or differ from its total by more than rounding. */
    private static void requirePlausible(ProviderInvoice invoice, Instant startsAt, Instant endsAt) {
        BigDecimal sum = BigDecimal.ZERO;
        int calls = 0;
        int inPeriod = 0;
        for (ProviderInvoiceReader.InvoiceLine line : invoice.lines()) {
            sum = sum.add(line.cost());
            Instant began = line.beganAt();
            if (began != null) {
                calls++;
                inPeriod += !began.isBefore(startsAt) && began.isBefore(endsAt) ? 1 : 0;
            }
        }
        if (inPeriod * 2 < calls) {
            throw invalid("Only " + inPeriod + " of " + calls + " lines are of calls in " + invoice.month() + " ("
                    + invoice.zone() + ").");
        }
        BigDecimal minorUnit = BigDecimal.ONE.movePointLeft(invoice.currency().getDefaultFractionDigits());
        if (invoice.total().subtract(sum).abs().compareTo(minorUnit) >= 0) {
            throw invalid("The lines add up to " + sum.toPlainString() + " and the total is "
                    + invoice.total().toPlainString() + " " + invoice.currency() + ".");
        }
    }

    private Stored requireLocked(TenantId tenant, String id) {
        return invoices.lock(tenant, id).orElseThrow(() -> unknown(id));
    }

    private static Problem unknown(String id) {
        return new Problem(ProblemType.PROVIDER_INVOICE_NOT_FOUND, "There is no provider invoice " + id + ".");
    }

    /** Compares the invoice with the records as they are now. Decisions stay with differences that stay. */
    public InvoiceView reconcile(TenantId tenant, String actor, String id) {
        return tenancy.inTenant(tenant, () -> {
            Stored invoice = requireLocked(tenant, id);
            audit.recordChange(
                    TenantScope.of(tenant), actor, "provider_invoice.reconciled", "provider-invoice/" + id, null, id);
            return reconcileNow(tenant, invoice);
        });
    }

    private InvoiceView reconcileNow(TenantId tenant, Stored invoice) {
        reconciliation.run(tenant, invoice);
        return view(tenant, invoices.find(tenant, invoice.id()).orElseThrow());
    }

    private InvoiceView view(TenantId tenant, Stored invoice) {
        String currency = invoice.currency();
        var byClass = differences.sumByClass(tenant, invoice.id(), currency);
        BigDecimal ofCalls = byClass.stream()
                .filter(sum -> sum.name().compareTo(DifferenceClass.NUMBERS) < 0)
                .map(sum -> new BigDecimal(sum.amount().amount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new InvoiceView(
                invoice.id(),
                invoice.connection(),
                invoice.provider(),
                invoice.month(),
                invoice.state(),
                Amount.of(invoice.statedTotal(), currency),
                Amount.of(invoice.ours(), currency),
                Amount.of(ofCalls, currency),
                Amount.of(invoice.rounding(), currency),
                invoice.lines(),
                invoice.calls(),
                invoice.matched(),
                invoices.countNewer(tenant, invoice),
                byClass,
                invoice.receivedAt(),
                invoice.reconciledAt());
    }

    /** @throws Problem {@code 404.provider_invoice_not_found} */
    public InvoiceView get(TenantId tenant, String id) {
        return tenancy.inTenant(
                tenant, () -> view(tenant, invoices.find(tenant, id).orElseThrow(() -> unknown(id))));
    }

    /** Newest first. */
    public Page<InvoiceView> list(TenantId tenant, Optional<String> month, int limit, String after) {
        return tenancy.inTenant(tenant, () -> {
            List<InvoiceView> views = invoices.list(tenant, month, limit + 1, after).stream()
                    .map(invoice -> view(tenant, invoice))
                    .toList();
            return Page.of(views, limit, InvoiceView::id);
        });
    }

    /** @throws Problem {@code 404.provider_invoice_not_found}; {@code 400.malformed_request} for an unknown class */
    public Page<Difference> listDifferences(
            TenantId tenant, String id, Optional<String> className, int limit, String after) {
        Optional<DifferenceClass> name = className.map(text -> DifferenceClass.find(text)
                .orElseThrow(() ->
                        new Problem(ProblemType.MALFORMED_REQUEST, "There is no class of differences " + text + ".")));
        return tenancy.inTenant(tenant, () -> {
            Stored invoice = invoices.find(tenant, id).orElseThrow(() -> unknown(id));
            return Page.of(
                    differences.list(tenant, id, invoice.currency(), name, limit + 1, after), limit, Difference::key);
        });
    }

    /**
     * Decides about a difference. An accepted one becomes usage, and stays so.
     *
     * @throws Problem {@code 404.provider_invoice_not_found} when there is no such difference, or it was accepted
     */
    public InvoiceView decide(TenantId tenant, String actor, String id, String key, Decision decision) {
        InvoiceView view = tenancy.inTenant(tenant, () -> {
            Stored invoice = requireLocked(tenant, id);
            Undecided difference = differences
                    .findUndecided(tenant, id, key)
                    .orElseThrow(() -> new Problem(
                            ProblemType.PROVIDER_INVOICE_NOT_FOUND,
                            "The invoice has no difference " + key + " that waits for a decision."));
            if (decision == Decision.ACCEPTED) {
                accept(tenant, invoice, difference);
            }
            differences.decide(tenant, id, key, decision, actor, clock.instant());
            audit.recordChange(
                    TenantScope.of(tenant),
                    actor,
                    "provider_invoice.decided",
                    "provider-invoice/" + id + "/" + key,
                    null,
                    decision);
            return reconcileNow(tenant, invoice);
        });
        rollups.catchUp(tenant);
        return view;
    }

    private void accept(TenantId tenant, Stored invoice, Undecided difference) {
        var currency = Currency.getInstance(invoice.currency());
        var charges = new ArrayList<Charge>();
        for (JsonNode part : difference.parts()) {
            charges.add(new Charge(
                    part.path("product").asString(""),
                    part.path("leg").asInt(),
                    Metric.NONE,
                    new BigDecimal(part.path("quantity").asString("0")),
                    new BigDecimal(part.path("cost").asString("0")),
                    currency));
        }
        adjustments.add(
                tenant,
                invoice.connection(),
                difference.subject(),
                charges,
                new Window(invoice.startsAt(), invoice.endsAt()),
                withinPeriod(invoice, difference.beganAt()));
    }

    private static Instant withinPeriod(Stored invoice, @Nullable Instant beganAt) {
        if (beganAt != null && !beganAt.isBefore(invoice.startsAt()) && beganAt.isBefore(invoice.endsAt())) {
            return beganAt;
        }
        return invoice.endsAt().minusMillis(1);
    }
}
