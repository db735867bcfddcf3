package dev.patchbay.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.patchbay.sandbox.Faults.Fault;
import dev.patchbay.sandbox.Faults.Kind;
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

/** Finds who answers a request; for vendors it spends armed faults and writes down every attempt. */
final class Router implements HttpHandler {

    private final List<Vendor> vendors;
    private final Control control;
    private final Faults faults;
    private final Books books;
    private final Clock clock;

    Router(List<Vendor> vendors, Control control, Faults faults, Books books, Clock clock) {
        this.vendors = vendors;
        this.control = control;
        this.faults = faults;
        this.books = books;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that was not answered drops the connection: that is a lost response.
        try (exchange) {
            Optional<Answer> answer = answer(Request.read(exchange));
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private Optional<Answer> answer(Request request) {
        for (Vendor vendor : vendors) {
            String prefix = "/" + vendor.name() + "/";
            if (request.path().startsWith(prefix)) {
                return answer(vendor, request, request.path().substring(prefix.length() - 1));
            }
        }
        return Optional.of(control(request));
    }

    private Answer control(Request request) {
        try {
            for (Route route : control.routes()) {
                Optional<Map<String, String>> params = route.match(request.method(), request.path());
                if (params.isPresent()) {
                    return route.handler().answer(request.with(params.get()));
                }
            }
            return Control.problem(404, "not_found", "There is nothing at " + request.method() + " " + request.path());
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (JacksonException e) {
            return Control.problem(400, "bad_json", "The body is not a JSON object: " + e.getOriginalMessage());
        }
    }

    private Optional<Answer> answer(Vendor vendor, Request request, String path) {
        Instant arrived = clock.instant();
        for (Route route : vendor.routes()) {
            Optional<Map<String, String>> params = route.match(request.method(), path);
            if (params.isPresent()) {
                return act(vendor, route, request.with(params.get()), arrived);
            }
        }
        Answer answer = vendor.problem(404, "Not Found");
        write(vendor, "unknown", request, arrived, answer, Optional.empty());
        return Optional.of(answer);
    }

    private Optional<Answer> act(Vendor vendor, Route route, Request request, Instant arrived) {
        Optional<Fault> fault = faults.take(vendor.name(), route.operation(), Faults.OF_REQUESTS);
        Answer answer =
                fault.map(armed -> suffer(armed, vendor, route, request)).orElseGet(() -> work(vendor, route, request));
        write(vendor, route.operation(), request, arrived, answer, fault);
        return Optional.of(answer)
                .filter(done -> fault.filter(armed -> armed.kind() == Kind.LOST_RESPONSE)
                        .isEmpty());
    }

    private Answer suffer(Fault fault, Vendor vendor, Route route, Request request) {
        return switch (fault.kind()) {
            case UNAUTHORIZED -> vendor.problem(401, "Unauthorized");
            case TOO_MANY -> {
                int seconds = Math.max(1, Math.ceilDiv(fault.delayMs(), 1000));
                yield vendor.problem(429, "Too Many Requests").with(Map.of("Retry-After", Integer.toString(seconds)));
            }
            case BROKEN -> {
                Pause.millis(fault.delayMs());
                yield vendor.problem(500, "Internal Server Error");
            }
            case HOLLOW -> hollow(work(vendor, route, request));
            default -> {
                Pause.millis(fault.delayMs());
                yield work(vendor, route, request);
            }
        };
    }

    private static Answer hollow(Answer answer) {
        return answer.body().isEmpty() ? answer : Answer.json(answer.status(), Json.object());
    }

    private Answer work(Vendor vendor, Route route, Request request) {
        try {
            return books.alone(() -> route.handler().answer(request));
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (JacksonException | NumberFormatException | DateTimeException e) {
            return vendor.problem(400, "Bad Request");
        }
    }

    private void write(
            Vendor vendor, String operation, Request request, Instant at, Answer answer, Optional<Fault> fault) {
        ObjectNode line = Json.object()
                .put("at", at.toString())
                .put("provider", vendor.name())
                .put("operation", operation)
                .put("method", request.method())
                .put("path", request.path())
                .put("status", answer.status());
        fault.ifPresent(armed -> line.put("fault", armed.kind().spelling()));
        // HighLevel has several contracts alive at once: which one a caller speaks is worth knowing.
        if (!request.header("Version").isEmpty()) {
            line.put("version", request.header("Version"));
        }
        books.add(vendor.log(), line);
    }
}
