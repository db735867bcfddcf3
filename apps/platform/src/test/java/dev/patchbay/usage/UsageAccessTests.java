package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.access.SystemRole;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * An attack on every operation of usage that the API's description knows, by people of one client: no answer holds a cost, a
 * statement, a record, a margin, or anything of another client.
 */
@PatchbayTest
class UsageAccessTests {

    private static final Instant NOON = Instant.parse("2026-10-10T12:00:00Z");
    private static final Path DESCRIPTION = Path.of("..", "..", "contracts", "openapi", "patchbay.json");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Autowired
    private ApplicationContext application;

    private UsageFixture agency;
    private String own = "";
    private String foreign = "";
    private String unattributed = "";

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "one", "two", "three");
        agency.putClient("a", "UTC");
        agency.putClient("b", "UTC");
        agency.map("one", "a");
        agency.map("two", "b");
        own = agency.call("one", NOON, 61);
        foreign = agency.call("two", NOON, 62);
        unattributed = agency.call("three", NOON, 63);
        agency.collect(NOON.minusSeconds(60));
    }

    private String token(Set<Permission> permissions) {
        return application
                .getBean(ServiceTokens.class)
                .issue(
                        agency.tenant,
                        "system",
                        new NewToken("walk", permissions, Optional.of(agency.client("a")), Optional.empty()))
                .secret();
    }

    private static Set<Permission> permissionsOf(String role) {
        return SystemRole.findByName(new RoleId(role)).orElseThrow().permissions();
    }

    /** Every operation of the description, with its parameters filled in, as "GET usage/calls?day=…". */
    private List<String> operations() {
        var operations = new ArrayList<String>();
        read(DESCRIPTION).path("paths").propertyStream().forEach(path -> {
            if (path.getKey().startsWith("/api/v1/usage")) {
                path.getValue().propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> {
                            for (String call : List.of(own, foreign, unattributed)) {
                                operations.add(method.toUpperCase(Locale.ROOT) + " "
                                        + path.getKey()
                                                .substring("/api/v1/".length())
                                                .replace("{provider}", "retell")
                                                .replace("{key}", "0123456789abcdef")
                                                .replace("{id}", call));
                            }
                        });
            }
        });
        assertThat(operations).hasSizeGreaterThan(40);
        return operations;
    }

    private static JsonNode read(Path file) {
        try {
            return Json.read(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<String> queries() {
        String days = "from=2026-10-01&to=2026-10-31&month=2026-10&connectionId=" + UsageFixture.RETELL;
        return List.of(
                "?" + days,
                "?" + days + "&by=client&clientId=" + agency.client("b"),
                "?" + days + "&by=agent&clientId=&agent=" + agency.agent("two"),
                "?" + days + "&by=product&day=2026-10-10&product=elevenlabs_tts&showCosts=true");
    }

    private HttpResponse<String> send(String operation, String query, String token) {
        String[] parts = operation.split(" ", 2);
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/" + parts[1] + query))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(parts[0], HttpRequest.BodyPublishers.ofString(parts[0].equals("GET") ? "" : "{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Walks through all operations, and returns those that were answered with 2xx. */
    private Set<String> attack(String token) {
        var open = new TreeSet<String>();
        for (String operation : operations()) {
            for (String query : queries()) {
                HttpResponse<String> response = send(operation, query, token);
                assertThat(response.statusCode()).as(operation + query).isLessThan(500);
                if (response.statusCode() < 300) {
                    open.add(operation.replace(own, "{id}"));
                    assertThat(response.body())
                            .as(operation + query)
                            .doesNotContain(
                                    "\"cost\"", ",cost", "USD,", "margin", "statement", "\"records\"", "\"why\"")
                            .doesNotContain(foreign, unattributed, agency.agent("two"), agency.agent("three"))
                            .doesNotContain(agency.client("b").value());
                }
            }
        }
        return open;
    }

    @Test
    void aClientsAdminSeesItsOwnMinutesAndNothingElse() {
        assertThat(attack(token(permissionsOf("client-admin"))))
                .containsExactly("GET usage/calls", "GET usage/calls/{id}", "GET usage/days", "GET usage/export");
    }

    @Test
    void aClientsViewerSeesNoUsage() {
        assertThat(attack(token(permissionsOf("client-viewer")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*:*", "read:*", "*:billing", "read:costs", "*:costs", "*:usage", "post:*"})
    void noWildcardOfOneClientReachesCosts(String pattern) {
        Set<String> open = attack(token(Set.of(Permission.of(pattern), Permission.of("read:billing"))));

        assertThat(open)
                .containsExactly("GET usage/calls", "GET usage/calls/{id}", "GET usage/days", "GET usage/export");
    }

    @Test
    void theAgencySeesCostsByTheSameOperations() {
        HttpResponse<String> call = send("GET usage/calls/" + own, "", agency.token());

        assertThat(call.body()).contains("\"cost\"", "\"records\"", "\"statements\"", "\"why\"");
    }
}
