package dev.patchbay.sandbox;

import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.openrouter.OpenRouter;
import dev.patchbay.sandbox.retell.RetellCallCatalog;
import dev.patchbay.sandbox.retell.RetellInvoice;
import dev.patchbay.sandbox.retell.RetellMonths;
import dev.patchbay.sandbox.twilio.TwilioPrices;
import java.util.List;

/** The control API's endpoints about what calls, messages and generations cost. */
final class CostControl {

    private static final String CALL = "/_sandbox/retell/calls/{id}";

    private final RetellMonths months;
    private final RetellCallCatalog catalog;
    private final RetellInvoice invoice;
    private final TwilioPrices prices;
    private final OpenRouter openRouter;

    CostControl(
            RetellMonths months,
            RetellCallCatalog catalog,
            RetellInvoice invoice,
            TwilioPrices prices,
            OpenRouter openRouter) {
        this.months = months;
        this.catalog = catalog;
        this.invoice = invoice;
        this.prices = prices;
        this.openRouter = openRouter;
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                        "retell months",
                        "POST",
                        "/_sandbox/retell/months",
                        request -> Response.ok(months.create(request.json()))),
                Route.of(
                        "retell months",
                        "POST",
                        "/_sandbox/retell/months/settle",
                        request -> Response.ok(months.settle(request.json()))),
                Route.of("retell invoice", "GET", "/_sandbox/retell/invoice", invoice::get),
                Route.of("retell invoice", "POST", "/_sandbox/retell/invoice/plant", invoice::plant),
                Route.of("retell invoice", "GET", "/_sandbox/retell/invoice/planted", invoice::planted),
                Route.of(
                        "twilio price",
                        "POST",
                        "/_sandbox/twilio/messages/{sid}/price",
                        request -> Response.ok(prices.change(request))),
                Route.of(
                        "openrouter generation",
                        "POST",
                        "/_sandbox/openrouter/generations",
                        request -> Response.ok(openRouter.addGeneration(request.json()))),
                Route.of("retell cost", "POST", CALL + "/cost", request -> Response.ok(catalog.changeCost(request))),
                Route.of("retell call", "PATCH", CALL, request -> Response.ok(catalog.change(request))),
                Route.of("retell call", "DELETE", CALL, request -> Response.ok(catalog.remove(request))));
    }
}
