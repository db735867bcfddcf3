package dev.patchbay.billing.invoices;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.billing.invoices.CreditRequest.CreditLine;
import dev.patchbay.billing.rating.LineKind;
import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.kernel.Exact;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Writes credit notes, which take back amounts of an invoice with their part of the tax. They do not change what a period comes
 * to, so later adjustments do not bill them again.
 */
@Component
public class CreditNotes {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Subscriptions subscriptions;
    private final InvoiceRepository invoices;
    private final InvoiceLineRepository lines;
    private final InvoiceIssuing issuing;
    private final Tenancy tenancy;
    private final Clock clock;

    CreditNotes(
            Subscriptions subscriptions,
            InvoiceRepository invoices,
            InvoiceLineRepository lines,
            InvoiceIssuing issuing,
            Tenancy tenancy,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.lines = lines;
        this.issuing = issuing;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Writes a credit note.
     *
     * @throws Problem {@code 404.invoice_not_found}; {@code 409.billing_state_conflict} when the invoice is void or a credit
     *     note; {@code 422.plan_invalid} when a line has less left than is taken back
     */
    public InvoiceView create(TenantId tenant, String actor, InvoiceId id, CreditRequest request) {
        return tenancy.inTenant(tenant, () -> {
            TenantScope scope = TenantScope.of(tenant);
            Invoice found = invoices.find(scope, id).orElseThrow(Invoices::notFound);
            Subscription subscription = subscriptions.lock(tenant, found.subscription());
            Invoice corrected = invoices.find(scope, id).orElseThrow(Invoices::notFound);
            if (corrected.kind() == InvoiceKind.CREDIT_NOTE || corrected.state() == InvoiceState.VOID) {
                throw new Problem(
                        ProblemType.BILLING_STATE_CONFLICT,
                        corrected.printedNumber() + " is void or a credit note, so nothing of it is taken back.");
            }
            List<InvoiceLine> credits = creditLines(tenant, corrected, request, subscription);
            Invoice note = toInvoice(tenant, actor, corrected, request.reason(), credits);
            byte[] inputs = new RatingDigest().add(id).add(request).finish();
            return InvoiceView.of(issuing.store(tenant, note, credits, inputs).invoice());
        });
    }

    private List<InvoiceLine> creditLines(
            TenantId tenant, Invoice corrected, CreditRequest request, Subscription subscription) {
        List<InvoiceLine> present = lines.list(tenant, corrected);
        Map<Integer, Money> credited = lines.listCredited(tenant, corrected);
        var credits = new ArrayList<InvoiceLine>();
        for (CreditLine credit : request.lines()) {
            String pointer = "/lines/" + credits.size();
            if (credit.line() > present.size()) {
                throw JsonInput.invalid(pointer + "/line", "The invoice has " + present.size() + " lines.");
            }
            InvoiceLine line = present.get(credit.line() - 1);
            Money before = Optional.ofNullable(credited.get(line.line()))
                    .orElse(new Money(corrected.net().currency(), 0));
            Money net = readAmount(credit, line, before, pointer);
            Money tax = taxOf(line, before.plus(net), subscription).minus(taxOf(line, before, subscription));
            credits.add(toCredit(credits.size() + 1, line, net, tax));
        }
        return credits;
    }

    private static Money readAmount(CreditLine credit, InvoiceLine line, Money before, String pointer) {
        Money left = line.net().minus(before);
        if (credit.net().stripTrailingZeros().scale() > left.currency().getDefaultFractionDigits()) {
            throw JsonInput.invalid(pointer + "/amount", "This is an amount in whole cents of the currency.");
        }
        if (credit.net().compareTo(left.amount()) > 0) {
            throw JsonInput.invalid(pointer + "/amount", "Of line " + line.line() + ", " + left + " is left.");
        }
        return Money.of(credit.net(), left.currency());
    }

    /** Returns the tax on a part of the line's net; parts that make up the whole have the whole tax. */
    private static Money taxOf(InvoiceLine line, Money net, Subscription subscription) {
        return net.equals(line.net())
                ? line.tax()
                : subscription
                        .planTerms()
                        .rounding()
                        .round(Exact.of(net.amount()).times(line.taxPercent()).dividedBy(HUNDRED), net.currency());
    }

    private static InvoiceLine toCredit(int at, InvoiceLine line, Money net, Money tax) {
        return new InvoiceLine(
                at,
                line.n(),
                line.charge(),
                LineKind.CREDIT,
                false,
                "credit of " + net,
                "1",
                net.negate().amount().toPlainString(),
                net.negate(),
                net.negate(),
                line.taxPercent(),
                tax.negate(),
                line.after(),
                line.upto(),
                line.line());
    }

    private Invoice toInvoice(
            TenantId tenant, String actor, Invoice corrected, String reason, List<InvoiceLine> credits) {
        Money nothing = new Money(corrected.net().currency(), 0);
        Money net = credits.stream().map(InvoiceLine::net).reduce(nothing, Money::plus);
        Money tax = credits.stream().map(InvoiceLine::tax).reduce(nothing, Money::plus);
        String series = InvoiceKind.CREDIT_NOTE.series();
        return new Invoice(
                InvoiceId.next(clock.instant()),
                corrected.client(),
                corrected.subscription(),
                corrected.n(),
                InvoiceKind.CREDIT_NOTE,
                InvoiceState.FINALIZED,
                series,
                invoices.takeNumber(tenant, series),
                corrected.id(),
                net,
                net,
                tax,
                corrected.upto(),
                clock.instant().truncatedTo(ChronoUnit.MICROS), // as the database stores it
                actor,
                null,
                reason);
    }
}
