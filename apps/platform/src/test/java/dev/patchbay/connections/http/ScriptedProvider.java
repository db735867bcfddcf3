package dev.patchbay.connections.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A server that answers as the sandbox does not: broken, huge, late or not at all. */
public final class ScriptedProvider implements AutoCloseable {

    /** The reaction to one request. */
    public interface Play {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A received request. */
    public record Seen(String method, String path, Map<String, String> headers, String body) {
        public JsonNode json() {
            return Json.read(body);
        }
    }

    private final HttpServer server;
    private final Queue<Play> plays = new ConcurrentLinkedQueue<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    public ScriptedProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public ScriptedProvider then(int status, String body) {
        return then(status, Map.of(), body);
    }

    public ScriptedProvider then(int status, Map<String, String> headers, String body) {
        return then(exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    /** Takes the request and closes the connection. */
    public ScriptedProvider thenNothing() {
        return then(HttpExchange::close);
    }

    public ScriptedProvider then(Play play) {
        plays.add(play);
        return this;
    }

    public List<Seen> seen() {
        return seen;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().getFirst()));
        seen.add(new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(body, StandardCharsets.UTF_8)));
        Play play = plays.poll();
        if (play == null) {
            exchange.close();
            return;
        }
        play.answer(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
