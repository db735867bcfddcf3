package dev.patchbay.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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

/** Someone who hears webhooks, remembers them and answers 204, or what it was told to answer next or always. */
final class Listener implements AutoCloseable {

    record Heard(String path, Headers headers, String body) {

        JsonNode json() {
            return Json.parse(body);
        }
    }

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile String said = "";

    Listener() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::hear);
        server.start();
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(new Heard(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
            Integer answer = answers.poll();
            if (said.isEmpty()) {
                exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            } else {
                exchange.sendResponseHeaders(200, said.length());
                exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** A JSON body of plain ASCII. */
    void answerAlways(String json) {
        said = json;
    }

    void answerNext(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    List<Heard> heard() {
        return heard;
    }

    List<String> events() {
        return heard.stream().map(one -> Json.text(one.json(), "event")).toList();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
