package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import java.util.List;

/** The control API's endpoints about what Retell's calls cost, under {@code /_sandbox/retell}. */
public final class RetellControl {

    private static final String CALL = "/_sandbox/retell/calls/{id}";

    private final RetellMonths months;
    private final RetellCallCatalog catalog;

    public RetellControl(RetellMonths months, RetellCallCatalog catalog) {
        this.months = months;
        this.catalog = catalog;
    }

    public List<Route> routes() {
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
                Route.of("retell cost", "POST", CALL + "/cost", request -> Response.ok(catalog.changeCost(request))),
                Route.of("retell call", "PATCH", CALL, request -> Response.ok(catalog.change(request))),
                Route.of("retell call", "DELETE", CALL, request -> Response.ok(catalog.remove(request))));
    }
}
