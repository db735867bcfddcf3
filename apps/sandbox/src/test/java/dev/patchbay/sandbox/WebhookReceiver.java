package dev.patchbay.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.sandbox.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** An HTTP server that records requests and answers them with 204, unless a test sets another response. */
public final class WebhookReceiver implements AutoCloseable {

    public record ReceivedRequest(String path, Headers headers, String body) {

        public JsonNode json() {
            return Json.parse(body);
        }
    }

    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final Queue<Integer> nextStatuses = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile String responseBody = "";

    WebhookReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new ReceivedRequest(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
            Integer status = nextStatuses.poll();
            if (responseBody.isEmpty()) {
                exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            } else {
                exchange.sendResponseHeaders(200, responseBody.length());
                exchange.getResponseBody().write(responseBody.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Answers every request with 200 and this body, which must be ASCII. */
    public void respondAlways(String json) {
        responseBody = json;
    }

    /** Answers the next requests with these statuses. */
    public void respondNext(Integer... statuses) {
        nextStatuses.addAll(List.of(statuses));
    }

    public List<ReceivedRequest> requests() {
        return requests;
    }

    /** The member {@code event} of each body, as Retell's webhooks have it. */
    public List<String> eventNames() {
        return requests.stream()
                .map(request -> Json.text(request.json(), "event"))
                .toList();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
