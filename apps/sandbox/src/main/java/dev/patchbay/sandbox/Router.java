package dev.patchbay.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.patchbay.sandbox.core.ControlError;
import dev.patchbay.sandbox.core.Fault;
import dev.patchbay.sandbox.core.FaultKind;
import dev.patchbay.sandbox.core.Faults;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Pause;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Route;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Vendor;
import dev.patchbay.sandbox.core.VendorError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Routes requests to the vendors and the control API. Applies armed faults to vendors' requests and logs each of them. */
final class Router implements HttpHandler {

    private final List<Vendor> vendors;
    private final ControlApi control;
    private final Faults faults;
    private final Store store;
    private final Clock clock;

    Router(List<Vendor> vendors, ControlApi control, Faults faults, Store store, Clock clock) {
        this.vendors = vendors;
        this.control = control;
        this.faults = faults;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Without a response, closing the exchange drops the connection. That is how a response gets lost.
        try (exchange) {
            Optional<Response> response = route(Request.read(exchange));
            if (response.isPresent()) {
                send(exchange, response.get());
            }
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Returns the response, or empty when a fault loses it. */
    private Optional<Response> route(Request request) {
        for (Vendor vendor : vendors) {
            String prefix = "/" + vendor.name() + "/";
            if (request.path().startsWith(prefix)) {
                return routeToVendor(vendor, request, request.path().substring(prefix.length() - 1));
            }
        }
        return Optional.of(routeToControl(request));
    }

    private Response routeToControl(Request request) {
        try {
            for (Route route : control.routes()) {
                Optional<Map<String, String>> parameters = route.match(request.method(), request.path());
                if (parameters.isPresent()) {
                    return route.handler().handle(request.withPathParameters(parameters.get()));
                }
            }
            throw new ControlError(404, "not_found", "There is no endpoint " + request.method() + " " + request.path());
        } catch (ControlError error) {
            return error.response();
        } catch (JacksonException e) {
            return new ControlError(400, "bad_json", "The body is not a JSON object: " + e.getOriginalMessage())
                    .response();
        }
    }

    private Optional<Response> routeToVendor(Vendor vendor, Request request, String path) {
        Instant arrivedAt = clock.instant();
        for (Route route : vendor.routes()) {
            Optional<Map<String, String>> parameters = route.match(request.method(), path);
            if (parameters.isPresent()) {
                return callVendor(vendor, route, request.withPathParameters(parameters.get()), arrivedAt);
            }
        }
        Response response = vendor.errorResponse(404, "Not Found");
        log(vendor, "unknown", request, arrivedAt, response, Optional.empty());
        return Optional.of(response);
    }

    private Optional<Response> callVendor(Vendor vendor, Route route, Request request, Instant arrivedAt) {
        Optional<Fault> fault = faults.consume(vendor.name(), route.operation(), FaultKind.OF_REQUESTS);
        Response response = fault.map(armed -> applyFault(armed, vendor, route, request))
                .orElseGet(() -> execute(vendor, route, request));
        log(vendor, route.operation(), request, arrivedAt, response, fault);
        boolean lost =
                fault.filter(armed -> armed.kind() == FaultKind.LOST_RESPONSE).isPresent();
        return lost ? Optional.empty() : Optional.of(response);
    }

    private Response applyFault(Fault fault, Vendor vendor, Route route, Request request) {
        return switch (fault.kind()) {
            case UNAUTHORIZED -> vendor.errorResponse(401, "Unauthorized");
            case TOO_MANY_REQUESTS -> {
                int seconds = Math.max(1, Math.ceilDiv(fault.delayMs(), 1000));
                yield vendor.errorResponse(429, "Too Many Requests")
                        .withHeaders(Map.of("Retry-After", Integer.toString(seconds)));
            }
            case SERVER_ERROR -> {
                Pause.sleep(fault.delayMs());
                yield vendor.errorResponse(500, "Internal Server Error");
            }
            case EMPTY_BODY -> emptyBody(execute(vendor, route, request));
            case DOUBLES -> vendor.withDoubles(execute(vendor, route, request));
            default -> {
                Pause.sleep(fault.delayMs());
                yield execute(vendor, route, request);
            }
        };
    }

    private static Response emptyBody(Response response) {
        return response.body().isEmpty() ? response : Response.json(response.status(), Json.object());
    }

    private Response execute(Vendor vendor, Route route, Request request) {
        try {
            return store.atomically(() -> route.handler().handle(request));
        } catch (VendorError error) {
            return error.response();
        } catch (JacksonException | NumberFormatException | DateTimeException e) {
            return vendor.errorResponse(400, "Bad Request");
        }
    }

    private void log(
            Vendor vendor,
            String operation,
            Request request,
            Instant arrivedAt,
            Response response,
            Optional<Fault> fault) {
        ObjectNode entry = Json.object()
                .put("at", arrivedAt.toString())
                .put("provider", vendor.name())
                .put("operation", operation)
                .put("method", request.method())
                .put("path", request.path())
                .put("status", response.status());
        fault.ifPresent(armed -> entry.put("fault", armed.kind().wireName()));
        // HighLevel serves several versions of its API; the log shows which one the caller uses.
        if (!request.header("Version").isEmpty()) {
            entry.put("version", request.header("Version"));
        }
        store.append(vendor.requestLog(), entry);
    }
}
