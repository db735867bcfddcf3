package dev.patchbay.ingress.polling;

import com.sun.net.httpserver.HttpServer;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Records the webhooks that the sandbox sends, so that a test can deliver them to another address, in another order. */
final class Recorder implements AutoCloseable {

    /** A webhook with its signature, which does not cover the URL. */
    record Recorded(String header, String signature, String body) {

        JsonNode json() {
            return Json.read(body);
        }

        int deliver(URI address) {
            return TestEnvironment.send(TestEnvironment.request(address)
                            .header("Content-Type", "application/json")
                            .header(header, signature)
                            .POST(HttpRequest.BodyPublishers.ofString(body)))
                    .status();
        }
    }

    private final List<Recorded> recorded = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Recorder(String header) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                String body =
                        new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                String signature =
                        Objects.requireNonNull(exchange.getRequestHeaders().getFirst(header));
                recorded.add(new Recorded(header, signature, body));
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    List<Recorded> recorded() {
        return recorded;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
