package dev.patchbay.testing;

import dev.patchbay.kernel.Json;
import dev.patchbay.postgres.EmbeddedPostgres;
import dev.patchbay.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The environment of the platform in tests, started once: a database server, the sandbox of providers, a data directory. */
public final class TestEnvironment {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static final Path DATA = temporary();
    public static final EmbeddedPostgres POSTGRES = postgres();
    public static final Sandbox SANDBOX = Sandbox.start(DATA.resolve("sandbox"), 0);
    public static final int PORT = freePort();

    private TestEnvironment() {}

    /** Configures the application for this environment, with intervals short enough for tests. */
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(Map.of(
                            "server.port", String.valueOf(PORT),
                            "patchbay.environment", "dev",
                            "patchbay.data-dir", DATA.toString(),
                            "patchbay.db.directory", DATA.resolve("postgres").toString(),
                            "patchbay.sandbox-url", SANDBOX.address().toString(),
                            "patchbay.node.act-window", "3s",
                            "patchbay.node.settle", "500ms",
                            "patchbay.node.sms-settle", "500ms",
                            "patchbay.node.retry-delay", "200ms"))
                    .and("patchbay.sandbox-mail-port=" + SANDBOX.mailPort(), "patchbay.mail.interval=50ms")
                    .and("patchbay.notices.interval=100ms", "patchbay.trusted-proxies=127.0.0.1")
                    .and(
                            "patchbay.platform-admins=root@patchbay.example,both@patchbay.example",
                            "patchbay.public-url=http://127.0.0.1:" + PORT)
                    .and("patchbay.http.attempt-timeout=2s", "patchbay.connections.health-check-poll-interval=6h")
                    .and("patchbay.usage.poll-interval=6h", "patchbay.billing.poll-interval=6h")
                    .and("patchbay.patience.records=0s", "patchbay.patience.bookings=0s")
                    .and("patchbay.patience.messages=0s", "patchbay.patience.look-ups=0s")
                    .and("patchbay.outages.poll-interval=100ms", "patchbay.outages.first-look=1s")
                    .and("patchbay.outages.max-look=1s", "patchbay.outages.pace-doubling=1s")
                    .and("patchbay.live.crm-timeout=400ms", "patchbay.live.function-timeout=3s")
                    .and("patchbay.live.attempt-timeout=1500ms", "patchbay.live.sweep-interval=200ms")
                    .applyTo(context);
        }
    }

    /** A response; {@code body} is JSON, or JSON null when it is empty. */
    public record Reply(int status, JsonNode body, java.net.http.HttpHeaders headers) {}

    /** The demo tenant with its clients, connections and token, as {@code ./dev up} writes them to {@code dev.json}. */
    public static JsonNode dev() {
        try {
            return Json.read(Files.readAllBytes(DATA.resolve("dev.json")));
        } catch (IOException notWritten) {
            throw new UncheckedIOException(notWritten);
        }
    }

    public static Reply get(String path) {
        return send(api(path).GET());
    }

    /** With another token than the demo tenant's. */
    public static Reply get(String path, String token) {
        return send(request(URI.create("http://127.0.0.1:" + PORT + path))
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    public static Reply post(String path, String contentType, String body) {
        return send(api(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static Reply post(String path, JsonNode body) {
        return post(path, "application/json", Json.write(body));
    }

    public static Reply put(String path) {
        return send(api(path).PUT(HttpRequest.BodyPublishers.noBody()));
    }

    public static Reply put(String path, JsonNode body) {
        return send(api(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    public static Reply delete(String path) {
        return send(api(path).DELETE());
    }

    private static HttpRequest.Builder api(String path) {
        return request(URI.create("http://127.0.0.1:" + PORT + path))
                .header("Authorization", "Bearer " + dev().path("token").asString());
    }

    public static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    }

    /** Calls the sandbox's control API: {@code sandbox("calls", …)}, {@code sandbox("faults", …)}. */
    public static JsonNode sandbox(String control, JsonNode body) {
        return send(request(SANDBOX.address().resolve("/_sandbox/" + control))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))))
                .body();
    }

    /** The providers' records in the sandbox. */
    public static JsonNode held() {
        return send(request(SANDBOX.address().resolve("/_sandbox/state")).GET()).body();
    }

    public static Reply send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(answer.statusCode(), read(answer), answer.headers());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** An HTML page becomes a JSON string. */
    private static JsonNode read(HttpResponse<byte[]> answer) {
        boolean page = answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
        if (page) {
            return Json.MAPPER.getNodeFactory().stringNode(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body().length == 0 ? Json.MAPPER.nullNode() : Json.read(answer.body());
    }

    private static EmbeddedPostgres postgres() {
        var settings = new EmbeddedPostgres.Settings(DATA.resolve("postgres"), freePort(), Duration.ofSeconds(60));
        var oldest = System.getProperty("patchbay.test.postgres-archive");
        var server = oldest == null
                ? EmbeddedPostgres.startOrAdopt(settings)
                : EmbeddedPostgres.startOrAdopt(settings, Path.of(oldest));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        return server;
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(Path.of("target"), "test-environment")
                    .toAbsolutePath();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
