package dev.patchbay.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Usage belongs to the right client on the right day, whenever its agent was mapped, and nobody else sees it. */
@PatchbayTest
class AttributionTests {

    private static final Instant FIRST = Instant.parse("2026-08-01T00:00:00Z");

    @Autowired
    private ApplicationContext application;

    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "one", "two");
    }

    private List<String> days(String client) {
        return agency.get("usage/days?from=2026-08-01&to=2026-11-29&clientId=" + agency.client(client))
                .path("items")
                .valueStream()
                .map(item ->
                        item.path("key").asString() + " " + item.path("calls").asInt())
                .toList();
    }

    private void verifySums() {
        assertThat(agency.send("POST", "usage/days/verify", agency.token())
                        .body()
                        .path("items"))
                .isEmpty();
    }

    /** Santiago skips midnight of 6 September, Havana has two midnights on 1 November, Lord Howe moves by half an hour. */
    @ParameterizedTest
    @CsvSource({
        "America/Santiago, 2026-09-06T03:59:59Z, 2026-09-05", "America/Santiago, 2026-09-06T04:00:00Z, 2026-09-06",
        "America/Havana, 2026-11-01T03:59:59Z, 2026-10-31", "America/Havana, 2026-11-01T04:30:00Z, 2026-11-01",
        "America/Havana, 2026-11-01T05:30:00Z, 2026-11-01", "Australia/Lord_Howe, 2026-10-03T13:29:59Z, 2026-10-03",
        "Australia/Lord_Howe, 2026-10-03T13:30:00Z, 2026-10-04",
                "Australia/Lord_Howe, 2026-10-04T12:59:59Z, 2026-10-04",
        "Australia/Lord_Howe, 2026-10-04T13:00:00Z, 2026-10-05"
    })
    void aCallBelongsToTheLocalDayOfItsStart(String zone, Instant start, String day) {
        agency.putClient("a", zone);
        agency.map("one", "a");
        agency.call("one", start, 10);
        agency.collect(FIRST);

        assertThat(days("a")).containsExactly(day + " 1");
        verifySums();
    }

    @Test
    void aNewZoneAppliesToCallsThatAreRecordedAfterIt() {
        agency.putClient("a", "America/Chicago");
        agency.map("one", "a");
        Instant lateEvening = Instant.parse("2026-10-10T03:00:00Z");
        String first = agency.call("one", lateEvening, 60);
        agency.collect(FIRST);
        agency.putClient("a", "Europe/Berlin");
        agency.call("one", lateEvening.plusSeconds(86_400), 60);
        UsageFixture.sandbox("POST", "calls/" + first + "/cost", Json.object().put("factor", 2));
        agency.collect(FIRST);

        assertThat(days("a")).containsExactly("2026-10-09 1", "2026-10-11 1");
        verifySums();
    }

    @Test
    void theStartOfACallDecidesBetweenTwoMappings() {
        agency.putClient("a", "UTC");
        agency.putClient("b", "UTC");
        agency.map("one", "a");
        Instant change = Instant.parse("2026-10-10T12:00:00Z");
        agency.call("one", change.minusSeconds(1), 60);
        agency.call("one", change, 60);
        agency.collect(FIRST);
        assertThat(days("a")).containsExactly("2026-10-10 2");

        JsonNode moved = attribute("one", change, Optional.of("b"), 200);

        assertThat(moved.path("moved").asInt()).isEqualTo(4);
        assertThat(days("a")).containsExactly("2026-10-10 1");
        assertThat(days("b")).containsExactly("2026-10-10 1");
        agency.call("one", change.plusSeconds(60), 60);
        agency.call("one", change.minusSeconds(60), 60);
        agency.collect(FIRST);
        assertThat(days("a")).containsExactly("2026-10-10 2");
        assertThat(days("b")).containsExactly("2026-10-10 2");
        assertThat(agency.get("usage/attributions").path("items")).hasSize(2);
        assertThat(agency.get("audit?action=usage.attributed").path("items").toString())
                .contains("usage.attributed");
        verifySums();
    }

    private JsonNode attribute(String agent, Instant from, Optional<String> client, int status) {
        var body = Json.object()
                .put("connectionId", UsageFixture.RETELL.value())
                .put("kind", "agent")
                .put("externalId", agency.agent(agent))
                .put("from", from.toString());
        client.ifPresent(name -> body.put("clientId", agency.client(name).value()));
        var reply = agency.send("PUT", "usage/attributions", agency.token(), Json.write(body));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        return reply.body();
    }

    @Test
    void anEndedMappingLeavesUsageWithoutAClientUntilTheNextOne() {
        agency.putClient("a", "UTC");
        agency.putClient("b", "UTC");
        agency.map("one", "a");
        Instant end = Instant.parse("2026-10-10T00:00:00Z");
        agency.call("one", end.minusSeconds(100), 60);
        agency.call("one", end.plusSeconds(100), 60);
        agency.collect(FIRST);
        attribute("one", end, Optional.empty(), 200);
        assertThat(days("a")).containsExactly("2026-10-09 1");
        assertThat(agency.sums("client", "2026-10-10", "2026-10-10").propertyNames())
                .containsExactly("");

        agency.map("one", "b");

        assertThat(days("b")).containsExactly("2026-10-10 1");
        assertThat(days("a")).containsExactly("2026-10-09 1");
        verifySums();
    }

    @Test
    void aMappingBeforeALaterOneLeavesTheRoute() {
        agency.putClient("a", "UTC");
        agency.putClient("b", "UTC");
        agency.map("one", "a");
        Instant change = Instant.parse("2026-10-10T12:00:00Z");
        attribute("one", change, Optional.of("b"), 200);

        attribute("one", change.minusSeconds(86_400), Optional.empty(), 200);

        agency.call("one", change, 60);
        agency.collect(FIRST);
        assertThat(days("b")).containsExactly("2026-10-10 1");
        assertThat(agency.get("usage/attributions").path("items")).hasSize(3);
    }

    @Test
    void mappingsThatMakeNoSenseAreRefused() {
        attribute("one", Instant.parse("2999-01-01T00:00:00Z"), Optional.empty(), 400);
        attribute("one", FIRST, Optional.of("nobody"), 404);
        for (String incomplete : List.of(
                "{}",
                "{\"connectionId\": \"con_usage\"}",
                "{\"connectionId\": \"con_usage\", \"kind\": \"agent\"}",
                "{\"connectionId\": \"con_usage\", \"externalId\": \"agent_1\"}")) {
            assertThat(agency.send("PUT", "usage/attributions", agency.token(), incomplete)
                            .status())
                    .as(incomplete)
                    .isEqualTo(400);
        }
    }

    @Test
    void aReaderForOneClientSeesItsMinutesAndNeitherCostsNorOthers() {
        agency.putClient("a", "UTC");
        agency.putClient("b", "UTC");
        agency.map("one", "a");
        agency.map("two", "b");
        Instant noon = Instant.parse("2026-10-10T12:00:00Z");
        String own = agency.call("one", noon, 60);
        String foreign = agency.call("two", noon, 60);
        agency.collect(FIRST);
        String token = application
                .getBean(ServiceTokens.class)
                .issue(
                        agency.tenant,
                        "system",
                        new NewToken(
                                "client",
                                Set.of(Permission.of("*:*"), Permission.of("read:costs")),
                                Optional.of(agency.client("a")),
                                Optional.empty()))
                .secret();
        for (String by : List.of("day", "client", "agent", "product", "release")) {
            var sums = agency.send("GET", "usage/days?from=2026-10-01&to=2026-10-31&by=" + by, token);
            assertThat(sums.status()).isEqualTo(200);
            assertThat(sums.body().toString())
                    .doesNotContain(
                            "cost", agency.agent("two"), agency.client("b").value());
        }
        var calls = agency.send("GET", "usage/calls?day=2026-10-10", token).body();
        assertThat(calls.toString()).contains(own).doesNotContain("\"cost\"", foreign);
        assertThat(agency.send("GET", "usage/calls?day=2026-10-10&clientId=" + agency.client("b"), token)
                        .body()
                        .path("items"))
                .isEmpty();
        var call = agency.send("GET", "usage/calls/" + own, token).body();
        assertThat(call.toString()).doesNotContain("cost", "statement", "records", "why");
        assertThat(call.at("/call/talkSeconds").asInt()).isEqualTo(60);
        assertThat(agency.send("GET", "usage/calls/" + foreign, token).status()).isEqualTo(404);
        assertThat(export(token).lines())
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line).doesNotContain("cost", "USD", agency.agent("two")));
        for (String path : List.of("collections", "rejections", "attributions", "provider-invoices")) {
            assertThat(agency.send("GET", "usage/" + path, token).status())
                    .as(path)
                    .isEqualTo(403);
        }
        for (String path : List.of("collect/retell", "days/verify", "provider-invoices?connectionId=con_usage")) {
            assertThat(agency.send("POST", "usage/" + path, token, "{}").status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(agency.send("PUT", "usage/attributions", token, "{}").status())
                .isEqualTo(403);
    }

    @Test
    void reportsArePagedFilteredAndExported() {
        agency.putClient("a", "UTC");
        agency.map("one", "a");
        Instant noon = Instant.parse("2026-10-10T12:00:00Z");
        for (int i = 0; i < 5; i++) {
            agency.call(
                    "one", noon.plusSeconds(i * 100L), 10 + i, Json.object().put("transferSeconds", i == 4 ? 30 : 0));
        }
        agency.collect(FIRST);
        String day = "usage/calls?day=2026-10-10";
        JsonNode first = agency.get(day + "&limit=2");
        JsonNode next =
                agency.get(day + "&limit=3&after=" + encode(first.path("next").asString()));
        assertThat(first.path("items")).hasSize(2);
        assertThat(next.path("items")).hasSize(3);
        assertThat(next.path("next").isNull()).isTrue();
        assertThat(agency.get(day + "&min=13").path("items")).hasSize(2);
        assertThat(agency.get(day + "&product=gemini_2_0_flash").path("items")).hasSize(5);
        assertThat(agency.get(day + "&product=none").path("items")).isEmpty();
        assertThat(agency.get(day + "&agent=none").path("items")).isEmpty();
        assertThat(agency.get(day + "&agent=" + agency.agent("one")).path("items"))
                .hasSize(5);
        assertThat(agency.get(day + "&agent=" + agency.agent("one") + "/0").path("items"))
                .hasSize(5);
        assertThat(agency.get(day + "&agent=" + agency.agent("one") + "/1").path("items"))
                .isEmpty();
        assertThat(agency.get("usage/calls?from=2026-10-01&to=2026-10-31").path("items"))
                .hasSize(5);
        assertThat(next.at("/items/2/billedSeconds").asInt()).isEqualTo(44);
        String transferred = next.at("/items/2/callId").asString();
        assertThat(agency.get("usage/calls/" + transferred).path("why").toString())
                .contains("transfer_leg");
        assertThat(export(agency.token()).lines())
                .hasSize(6)
                .first()
                .isEqualTo("day,client,connection,agent,release,product,leg,metric,calls,quantity,cost,currency");
        for (String wrong : List.of(
                "usage/days?from=2026-10-02&to=2026-10-01",
                "usage/days?from=2020-01-01&to=2026-10-01",
                "usage/days?from=2026-10-01&to=2026-10-02&by=hour",
                "usage/calls",
                "usage/calls?day=2026-10-10&after=x%20y")) {
            assertThat(agency.send("GET", wrong, agency.token()).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private String export(String token) {
        URI address = URI.create(
                "http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/usage/export?from=2026-10-01&to=2026-10-31");
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
            return response.body();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aCallIsExplained() {
        agency.putClient("a", "UTC");
        agency.map("one", "a");
        Instant noon = Instant.parse("2026-10-10T12:00:00Z");
        String call = agency.call(
                "one", noon, 60, Json.object().put("averageTokens", 4200).put("durationMs", 59_500));
        String brief = agency.call("one", noon.plusSeconds(70), 4);
        UsageFixture.sandbox(
                "PATCH",
                "calls/" + brief,
                Json.read(
                        "{\"call_cost\": {\"combined_cost\": 2, \"total_duration_seconds\": 10, \"product_costs\": [{\"product\": \"voice\", \"cost\": 1}]}}"));
        agency.collect(FIRST);

        assertThat(agency.get("usage/calls/" + call).path("why").toString())
                .contains("token_surcharge", "12 s more", "4200 on average", "rounded_up");
        assertThat(agency.get("usage/calls/" + brief).path("why").toString())
                .contains("minimum of 10 s", "unexplained", "0.01 USD");
    }
}
