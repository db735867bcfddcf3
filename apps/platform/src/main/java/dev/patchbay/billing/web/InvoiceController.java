package dev.patchbay.billing.web;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.invoices.CreditNotes;
import dev.patchbay.billing.invoices.CreditRequest;
import dev.patchbay.billing.invoices.InvoicePreview;
import dev.patchbay.billing.invoices.InvoiceView;
import dev.patchbay.billing.invoices.Invoices;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves invoices, the calls behind their lines, and previews. A client reads its own, without costs. */
@RestController
@RequestMapping("/api/v1/invoices")
class InvoiceController {

    private static final int MAX_PAGE = 100;
    private static final int MAX_CALLS = 200;

    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final InvoicePreview preview;

    InvoiceController(Invoices invoices, CreditNotes creditNotes, InvoicePreview preview) {
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.preview = preview;
    }

    /** Lists the invoices, newest first. */
    @Requires("read:billing")
    @GetMapping
    Page<InvoiceView> listInvoices(
            Caller caller,
            @RequestParam Optional<String> clientId,
            @RequestParam Optional<String> subscriptionId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return invoices.list(
                caller.scope(),
                clientId.orElse(null),
                subscriptionId.orElse(null),
                after,
                Math.clamp(limit, 1, MAX_PAGE));
    }

    /** Computes a subscription's next invoice from the usage so far, and stores nothing. */
    @Requires("read:billing")
    @GetMapping("/preview")
    InvoicePreview.PreviewedInvoice previewInvoice(Caller caller, @RequestParam String subscriptionId) {
        return preview.preview(
                caller.scope(), SubscriptionController.subscriptionId(subscriptionId), CostAccess.isGranted(caller));
    }

    @Requires("read:billing")
    @GetMapping("/{id}")
    InvoiceView.InvoiceDetails getInvoice(Caller caller, @PathVariable String id) {
        return invoices.describe(caller.scope(), invoiceId(id), CostAccess.isGranted(caller));
    }

    /** Returns the calls behind a line with their shares of its amount. */
    @Requires("read:billing")
    @GetMapping("/{id}/lines/{line}/calls")
    Page<InvoiceView.LineCall> listLineCalls(
            Caller caller,
            @PathVariable String id,
            @PathVariable int line,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "0") int after) {
        return invoices.listCalls(
                caller.scope(), invoiceId(id), line, Math.max(0, after), Math.clamp(limit, 1, MAX_CALLS));
    }

    /** Makes an invoice void; its period can be finalized again. The body has a {@code reason}. */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping("/{id}/void")
    InvoiceView voidInvoice(Caller caller, @PathVariable String id, @RequestBody JsonNode request) {
        return invoices.voidInvoice(
                caller.scope().tenant(), caller.subject(), invoiceId(id), CreditRequest.readReason(request));
    }

    /**
     * Takes back amounts of an invoice by a credit note. The body has a {@code reason} and {@code lines}, each with the number
     * of a {@code line} and an {@code amount} without tax.
     */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping("/{id}/credit-notes")
    @ResponseStatus(HttpStatus.CREATED)
    InvoiceView createCreditNote(Caller caller, @PathVariable String id, @RequestBody JsonNode request) {
        return creditNotes.create(
                caller.scope().tenant(), caller.subject(), invoiceId(id), CreditRequest.read(request));
    }

    private static InvoiceId invoiceId(String text) {
        return InvoiceId.parse(text).orElseThrow(Invoices::notFound);
    }
}
