package dev.patchbay.usage.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.LargeBody;
import dev.patchbay.usage.reconciliation.Decision;
import dev.patchbay.usage.reconciliation.InvoiceView;
import dev.patchbay.usage.reconciliation.ProviderInvoices;
import dev.patchbay.usage.spi.ProviderInvoiceReader.Format;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Providers' invoices, how they differ from our records, and decisions about that. */
@RestController
@RequestMapping(ProviderInvoiceController.PATH)
class ProviderInvoiceController {

    static final String PATH = "/api/v1/usage/provider-invoices";

    /** A month of 100,000 calls has about 350,000 lines. */
    private static final int MAX_BYTES = 128 << 20;

    private final ProviderInvoices invoices;

    ProviderInvoiceController(ProviderInvoices invoices) {
        this.invoices = invoices;
    }

    /** The size of an invoice. */
    @Bean
    static LargeBody providerInvoiceBody() {
        return new LargeBody(PATH, MAX_BYTES);
    }

    /** A decision: {@code accept}, {@code dispute} or {@code ours}. */
    record DecisionRequest(@Nullable String decision) {}

    /**
     * Reads the provider's invoice from the body, JSON or CSV in the provider's format, and reconciles it.
     *
     * @param month like {@code 2026-10}; may be left out where the document names it
     */
    @Requires(
            value = {"read:costs", "post:payments"},
            tenantWide = true)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    InvoiceView receive(
            Caller caller,
            @RequestParam ConnectionId connectionId,
            @RequestParam Optional<String> month,
            HttpServletRequest request)
            throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        return invoices.receive(
                caller.scope().tenant(),
                caller.subject(),
                connectionId,
                type.startsWith("text/csv") ? Format.CSV : Format.JSON,
                month.map(ProviderInvoiceController::parseMonth).orElse(null),
                request.getInputStream());
    }

    private static YearMonth parseMonth(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException malformed) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "The parameter month is a year and a month, like 2026-10.");
        }
    }

    @Requires(value = "read:costs", tenantWide = true)
    @GetMapping
    Page<InvoiceView> list(
            Caller caller,
            @RequestParam Optional<String> month,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(defaultValue = "") String after) {
        return invoices.list(caller.scope().tenant(), month, Math.clamp(limit, 1, 100), after);
    }

    @Requires(value = "read:costs", tenantWide = true)
    @GetMapping("/{id}")
    InvoiceView get(Caller caller, @PathVariable String id) {
        return invoices.get(caller.scope().tenant(), id);
    }

    /** Compares it with our records once more, after usage was corrected. */
    @Requires(
            value = {"read:costs", "post:payments"},
            tenantWide = true)
    @PostMapping("/{id}/reconcile")
    InvoiceView reconcile(Caller caller, @PathVariable String id) {
        return invoices.reconcile(caller.scope().tenant(), caller.subject(), id);
    }

    @Requires(value = "read:costs", tenantWide = true)
    @GetMapping("/{id}/differences")
    Page<InvoiceView.Difference> differences(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "class") Optional<String> className,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return invoices.listDifferences(caller.scope().tenant(), id, className, Math.clamp(limit, 1, 200), after);
    }

    @Requires(
            value = {"read:costs", "post:payments"},
            tenantWide = true)
    @PostMapping("/{id}/differences/{key}")
    InvoiceView decide(
            Caller caller, @PathVariable String id, @PathVariable String key, @RequestBody DecisionRequest body) {
        Decision decision = Decision.parse(Optional.ofNullable(body.decision()).orElse(""))
                .orElseThrow(() ->
                        new Problem(ProblemType.MALFORMED_REQUEST, "The member decision is accept, dispute or ours."));
        return invoices.decide(caller.scope().tenant(), caller.subject(), id, key, decision);
    }
}
