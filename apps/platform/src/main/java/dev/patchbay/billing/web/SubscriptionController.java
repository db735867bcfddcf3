package dev.patchbay.billing.web;

import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.billing.invoices.InvoiceFinalization;
import dev.patchbay.billing.invoices.InvoiceFinalization.Outcome;
import dev.patchbay.billing.invoices.InvoiceView;
import dev.patchbay.billing.invoices.Invoices;
import dev.patchbay.billing.subscriptions.SubscriptionDraft;
import dev.patchbay.billing.subscriptions.SubscriptionView;
import dev.patchbay.billing.subscriptions.Subscriptions;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

/** Serves subscriptions and finalizes their periods. */
@RestController
@RequestMapping("/api/v1/subscriptions")
class SubscriptionController {

    private static final int MAX_PAGE = 100;

    private final Subscriptions subscriptions;
    private final InvoiceFinalization finalization;
    private final Clock clock;

    SubscriptionController(Subscriptions subscriptions, InvoiceFinalization finalization, Clock clock) {
        this.subscriptions = subscriptions;
        this.finalization = finalization;
        this.clock = clock;
    }

    @Requires("read:billing")
    @GetMapping
    Page<SubscriptionView> listSubscriptions(
            Caller caller,
            @RequestParam Optional<String> clientId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return subscriptions.list(caller.scope(), clientId.orElse(null), after, Math.clamp(limit, 1, MAX_PAGE));
    }

    @Requires("read:billing")
    @GetMapping("/{id}")
    SubscriptionView.SubscriptionDetails getSubscription(Caller caller, @PathVariable String id) {
        return subscriptions.describe(caller.scope(), subscriptionId(id));
    }

    /**
     * Creates a subscription with a copy of the version's terms. The body has {@code clientId}, {@code planId},
     * {@code version}, {@code startsOn} and optionally {@code anchorDay} and {@code taxPercent}.
     */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    SubscriptionView createSubscription(Caller caller, @RequestBody JsonNode request) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return subscriptions.create(caller.scope().tenant(), caller.subject(), SubscriptionDraft.read(request, today));
    }

    /** Ends a subscription. The body has {@code endsOn}, the day after the last one. */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping("/{id}/cancel")
    SubscriptionView cancelSubscription(Caller caller, @PathVariable String id, @RequestBody JsonNode request) {
        return subscriptions.end(
                caller.scope().tenant(), caller.subject(), subscriptionId(id), SubscriptionDraft.readEnd(request));
    }

    /**
     * The result of finalizing a period.
     *
     * @param outcome {@code finalized}, or {@code carried_over} when the total is below the least amount of an invoice
     * @param invoice null when the period was carried over
     */
    record FinalizeResponse(String outcome, InvoiceView.@Nullable InvoiceDetails invoice) {}

    /** Finalizes a period after its grace, or returns its invoice when it has one. */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping("/{id}/periods/{n}/finalize")
    FinalizeResponse finalizePeriod(Caller caller, @PathVariable String id, @PathVariable int n) {
        Outcome outcome = finalization.finalizePeriod(caller.scope().tenant(), caller.subject(), subscriptionId(id), n);
        return switch (outcome) {
            case Outcome.Finalized(var invoice) ->
                new FinalizeResponse("finalized", Invoices.describe(invoice, CostAccess.isGranted(caller)));
            case Outcome.CarriedOver _ -> new FinalizeResponse("carried_over", null);
        };
    }

    /** Reads an id from the path. A text that cannot be an id is answered as a subscription that does not exist. */
    static SubscriptionId subscriptionId(String text) {
        return SubscriptionId.parse(text).orElseThrow(Subscriptions::notFound);
    }
}
