package dev.patchbay.billing.invoices;

import dev.patchbay.billing.ledger.Account;
import dev.patchbay.billing.ledger.Posting;
import dev.patchbay.billing.ledger.Posting.Movement;
import dev.patchbay.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Decides the transfers of an invoice: the client owes the net to the revenue of each charge, and the tax to each rate. */
final class InvoicePosting {

    private InvoicePosting() {}

    static Posting of(Invoice.Whole whole) {
        Invoice invoice = whole.invoice();
        var nets = new LinkedHashMap<String, Money>();
        var taxes = new LinkedHashMap<BigDecimal, Money>();
        for (InvoiceLine line : whole.lines()) {
            nets.merge(line.charge(), line.net(), Money::plus);
            taxes.merge(line.taxPercent().stripTrailingZeros(), line.tax(), Money::plus);
        }
        Account receivable = Account.receivable(invoice.client(), invoice.net().currency());
        List<Movement> movements = new ArrayList<>();
        nets.forEach((charge, net) -> movements.add(new Movement(
                receivable,
                Account.revenue(invoice.client(), charge, invoice.net().currency()),
                net)));
        taxes.forEach((percent, tax) -> movements.add(
                new Movement(receivable, Account.tax(percent, invoice.net().currency()), tax)));
        return new Posting(
                source(invoice), LocalDate.ofInstant(invoice.finalizedAt(), ZoneOffset.UTC), List.copyOf(movements));
    }

    /** Returns the business fact under which the invoice is posted. */
    static String source(Invoice invoice) {
        return "invoice/" + invoice.id();
    }
}
