package dev.patchbay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/**
 * No secret is in a dump of the database, a log at its finest level, a span or a response, after users signed in, accounts were
 * connected and reconnected, and a call was handled.
 */
@PatchbayTest
class SecretsTests {

    @Autowired
    private ObservationRegistry observations;

    @Test
    void noSecretIsInAnyTableLogSpanOrAnswer() throws SQLException {
        List<String> secrets = secrets();
        var captured = new CapturedOutputFixture(observations);
        secrets.addAll(runEverything(captured));
        // The client secret at the sandbox's Google is a word that appears in addresses.
        secrets.remove("sandbox");

        assertThat(secrets).hasSizeGreaterThan(15);
        assertThat(captured.logs()).hasSizeGreaterThan(1_000);
        assertThat(captured.spans()).hasSizeGreaterThan(50);
        assertThat(captured.answers()).hasSizeGreaterThan(50);
        assertThat(findHolders(secrets, captured.logs())).as("log lines").isEmpty();
        assertThat(findHolders(secrets, captured.spans())).as("spans").isEmpty();
        assertThat(findHolders(secrets, captured.answers())).as("answers").isEmpty();
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(100);
        assertThat(findHolders(secrets, rows)).as("rows").isEmpty();
    }

    /** @return the secrets that were created */
    private static List<String> runEverything(CapturedOutputFixture captured) {
        var secrets = new ArrayList<String>();
        captured.begin();
        try {
            PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
            var browser = new Browser();
            String callback = browser.callback("/sign-in", "ada@bright.example");
            browser.get(callback);
            secrets.addAll(List.of(query(callback, "code"), query(callback, "state")));
            secrets.addAll(List.of(browser.cookie(Browser.SESSION), browser.cookie(Browser.CSRF)));
            captured.answer(browser.me().toString());
            captured.answer(browser.get(callback).text());
            secrets.add(connect(captured));
            var token = TestEnvironment.post(
                    "/api/v1/iam/tokens",
                    Json.object().put("name", "secret").set("permissions", Json.tree(List.of("read:runs"))));
            secrets.add(token.body().path("token").asString());
            TestEnvironment.get("/api/v1/runs", token.body().path("token").asString());
            TestEnvironment.get("/api/v1/runs", "pbt_guessed_" + secrets.getLast());
            collectResponses(captured);
        } finally {
            captured.end();
        }
        return secrets;
    }

    /** An account that is refused, and mended with another key that is refused too. */
    private static String connect(CapturedOutputFixture captured) {
        String key = "key_" + UUID.randomUUID().toString().replace("-", "");
        var account = Json.object()
                .put("provider", "retell")
                .put("name", "Refused")
                .put("baseUrl", TestEnvironment.SANDBOX.address() + "/retell");
        account.putObject("secrets").put("api_key", key);
        var connected = TestEnvironment.post("/api/v1/connections", account);
        captured.answer(connected.body().toString());
        String id = connected.body().path("id").asString();
        captured.answer(TestEnvironment.put(
                        "/api/v1/connections/" + id + "/secrets", Json.object().put("api_key", key))
                .body()
                .toString());
        captured.answer(TestEnvironment.put(
                        "/api/v1/connections/" + id + "/secrets", Json.object().put("wrong", key))
                .body()
                .toString());
        return key;
    }

    /** The responses of every list, and of every resource that the lists name. */
    private static void collectResponses(CapturedOutputFixture captured) {
        TestEnvironment.get("/v3/api-docs").body().path("paths").forEachEntry((path, operations) -> {
            if (operations.has("get") && path.startsWith("/api/") && !path.contains("{")) {
                JsonNode items = get(captured, path + "?limit=20");
                String one = path + "/{id}";
                if (TestEnvironment.get("/v3/api-docs")
                        .body()
                        .path("paths")
                        .path(one)
                        .has("get")) {
                    items.path("items")
                            .forEach(item ->
                                    get(captured, path + "/" + item.path("id").asString("none")));
                }
            }
        });
    }

    private static JsonNode get(CapturedOutputFixture captured, String path) {
        JsonNode body = TestEnvironment.get(path).body();
        captured.answer(body.toString());
        return body;
    }

    private static String query(String address, String name) {
        return Optional.ofNullable(UriComponentsBuilder.fromUriString(address)
                        .build()
                        .getQueryParams()
                        .getFirst(name))
                .orElseThrow();
    }

    private static List<String> findHolders(List<String> secrets, List<String> texts) {
        return texts.stream()
                .filter(text ->
                        secrets.stream().anyMatch(secret -> text.contains(secret) || text.contains(hex(secret))))
                .toList();
    }

    /** As a superuser reads them. */
    private static List<String> rows() throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(
                        TestEnvironment.POSTGRES.jdbcUrl("patchbay"),
                        TestEnvironment.POSTGRES.superuser(),
                        TestEnvironment.POSTGRES.password());
                var statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (var all = statement.executeQuery("SELECT t::text FROM patchbay." + table + " t")) {
                    while (all.next()) {
                        rows.add(table + ": " + all.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> tables(java.sql.Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var names = statement.executeQuery("""
                        SELECT relname FROM pg_class
                        WHERE relnamespace = 'patchbay'::regnamespace AND relkind = 'r'""")) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static String hex(String secret) {
        return HexFormat.of().formatHex(Hashing.utf8(secret));
    }

    /** The development token, what vendors sign with, and the providers' keys and refresh tokens as the sandbox knows them. */
    private static List<String> secrets() {
        var secrets = new ArrayList<String>();
        secrets.add(TestEnvironment.dev().path("token").asString());
        TestEnvironment.dev()
                .path("connections")
                .forEach(one -> secrets.add(one.path("secret").asString()));
        var settings = new DemoSettings(
                Environment.DEV,
                URI.create("http://127.0.0.1"),
                TestEnvironment.DATA,
                TestEnvironment.SANDBOX.address(),
                0,
                0,
                100);
        var credentials = new DemoCredentials(settings, DevSecrets.load(TestEnvironment.DATA));
        collect(new SandboxAccounts(settings, credentials).toJson(), secrets);
        addGrants(secrets);
        return secrets;
    }

    /** The OAuth codes and tokens of the demo's accounts, as the sandbox stores them. */
    private static void addGrants(List<String> secrets) {
        try {
            for (String provider : List.of("google", "highlevel")) {
                for (String line : Files.readAllLines(
                        TestEnvironment.DATA.resolve("sandbox").resolve(provider + ".journal"))) {
                    JsonNode entry = Json.read(line);
                    String key = entry.path("key").asString("");
                    if (entry.path("shelf").asString("").matches(".*_(CODES|GRANTS|TOKENS)") && key.length() >= 40) {
                        secrets.add(key);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void collect(JsonNode node, List<String> secrets) {
        for (String name : new String[] {"apiKey", "authToken", "clientSecret", "refreshToken"}) {
            node.findValues(name).forEach(value -> secrets.add(value.asString()));
        }
    }
}
