package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.PatchbayApplication;
import dev.patchbay.connections.Connections;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.postgres.EmbeddedPostgres;
import dev.patchbay.sandbox.Sandbox;
import dev.patchbay.upgrade.ReleaseFixture.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** This release, started on the data of an earlier one, with a database, a sandbox and ports of its own. */
final class UpgradedPlatform implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ReleaseFixture fixture;
    private final Addresses addresses;
    private final EmbeddedPostgres server;
    private final ReleaseDatabase database;
    private final Sandbox sandbox;
    private final ConfigurableApplicationContext context;

    record Response(int status, String text, HttpHeaders headers) {

        JsonNode json() {
            return text.isEmpty() ? Json.MAPPER.nullNode() : Json.read(text);
        }
    }

    UpgradedPlatform(ReleaseFixture fixture) throws IOException, SQLException, GeneralSecurityException {
        Path directory = Files.createTempDirectory(Path.of("target"), "upgrade").toAbsolutePath();
        int port = freePort();
        int sandboxPort = freePort();
        this.fixture = fixture;
        this.addresses = new Addresses("http://127.0.0.1:" + port, "http://127.0.0.1:" + sandboxPort);
        fixture.fill(directory, addresses);
        this.server = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(directory.resolve("postgres"), freePort(), Duration.ofSeconds(60)));
        // The server outlives the process that started it, even when the test fails.
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        this.database = new ReleaseDatabase(server);
        database.create();
        database.migrate(fixture, directory.resolve("migrations"));
        database.load(fixture, addresses, directory.resolve("kek.json"));
        this.sandbox = Sandbox.start(directory.resolve("sandbox"), sandboxPort);
        this.context = start(directory, port);
        openEveryDay();
    }

    /** The release before booked on any day; since then a client's opening hours hold for bookings too. */
    private void openEveryDay() {
        var hours = Json.object();
        var days = hours.putArray("days");
        for (DayOfWeek day : DayOfWeek.values()) {
            days.add(day.name());
        }
        context.getBean(Connections.class)
                .bind(
                        TenantScope.of(new TenantId("tnt_demo"), new ClientId("cli_northside")),
                        "calendar",
                        new ConnectionId("con_google"),
                        Json.object()
                                .put("calendarId", "northside@group.calendar.google.com")
                                .set("hours", hours));
    }

    /** With short waits, so that the test sees them elapse. */
    private ConfigurableApplicationContext start(Path directory, int port) {
        return new SpringApplicationBuilder(PatchbayApplication.class)
                .run(
                        "--server.port=" + port,
                        "--patchbay.environment=dev",
                        "--patchbay.data-dir=" + directory,
                        "--patchbay.public-url=" + addresses.platform(),
                        "--patchbay.sandbox-url=" + addresses.sandbox(),
                        "--patchbay.sandbox-mail-port=" + sandbox.mailPort(),
                        "--patchbay.node.act-window=3s",
                        "--patchbay.node.settle=500ms",
                        "--patchbay.node.sms-settle=500ms",
                        "--patchbay.node.retry-delay=200ms",
                        "--patchbay.mail.interval=100ms",
                        "--patchbay.live.sweep-interval=200ms");
    }

    ReleaseDatabase database() {
        return database;
    }

    // --- the API -----------------------------------------------------------------------------------------------------

    JsonNode get(String path) {
        var response = send("GET", path, null, bearer("agency"));
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        return response.json();
    }

    Response post(String path, JsonNode body, String... headers) {
        return send("POST", path, body, headers.length == 0 ? bearer("agency") : headers);
    }

    String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + fixture.about("/tokens/" + token)};
    }

    Response send(String method, String path, @Nullable JsonNode body, String... headers) {
        var request = request(URI.create(path.startsWith("http") ? path : addresses.platform() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.write(body)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30));
    }

    private static Response send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Response(response.statusCode(), response.body(), response.headers());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    // --- runs --------------------------------------------------------------------------------------------------------

    JsonNode run(String name) {
        return get("/api/v1/runs/" + fixture.about("/runs/" + name));
    }

    JsonNode runIn(String name, String status) {
        return until(() -> run(name), run -> run.path("status").asString().equals(status));
    }

    void accepted(String name, String change, JsonNode body) {
        var response = post("/api/v1/runs/" + fixture.about("/runs/" + name) + "/" + change, body);
        assertThat(response.status()).as(response.text()).isEqualTo(202);
    }

    static JsonNode until(Callable<JsonNode> read, Predicate<JsonNode> condition) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(read, condition);
    }

    // --- the sandbox's control ---------------------------------------------------------------------------------------

    JsonNode sandbox(String control, JsonNode body) {
        return send(request(URI.create(addresses.sandbox() + "/_sandbox/" + control))
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))))
                .json();
    }

    JsonNode sandbox(String control) {
        return send(request(URI.create(addresses.sandbox() + "/_sandbox/" + control))
                        .GET())
                .json();
    }

    @Override
    public void close() {
        context.close();
        sandbox.close();
        server.stop();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
