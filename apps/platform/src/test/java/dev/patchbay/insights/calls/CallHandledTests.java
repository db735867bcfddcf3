package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.ingress.erasure.Erasures;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Calls to return, the view of a client's people, and the erasure of a caller. */
@PatchbayTest
class CallHandledTests {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String ANALYZED = "voice.call.analyzed";
    private static final String CALL = """
            {"from": "+14155550100", "to": "+14155550199", "durationSeconds": 60,
             "analysis": {"custom": {"first_name": "Ada", "last_name": "Byron", "slot": "2026-12-01T10:00:00Z"}}}""";

    @Autowired
    private PeopleFixture people;

    @Autowired
    private CallFactsFixture facts;

    @Autowired
    private Erasures erasures;

    private TenantId tenant = new TenantId("tnt_unset");
    private ClientId north = new ClientId("cli_unset");
    private ClientId south = new ClientId("cli_unset");
    private RunId run = new RunId("run_unset");
    private String admin = "";

    @BeforeEach
    void placeCalls() {
        tenant = people.createTenant();
        north = people.createClient(tenant, "North");
        south = people.createClient(tenant, "South");
        admin = people.issueToken(tenant, Optional.empty(), "*:*");
        facts.addFlow(tenant);
        facts.addEvent(tenant, north, "call_north", ANALYZED, CALL, NOW);
        facts.addEvent(tenant, south, "call_south", ANALYZED, CALL, NOW.plusSeconds(60));
        run = facts.addRun(tenant, north, "call_north", NOW);
        facts.setStatus(tenant, "call_north", run, "parked", "provider_down");
    }

    private static Reply request(String token, String method, String path, JsonNode body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    private static JsonNode get(String token, String path) {
        var reply = TestEnvironment.get("/api/v1" + path, token);
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(call -> call.path("callId").asString())
                .toList();
    }

    @Test
    void aHandledCallLeavesTheListOfCallBacksUntilTheMarkIsTakenBack() {
        assertThat(ids(get(admin, "/calls?callBack=true"))).containsExactly("call_north");
        assertThat(get(admin, "/calls/counts").path("callBacks").asInt()).isEqualTo(1);

        var marked = request(
                admin,
                "POST",
                "/calls/call_north/handled",
                Json.object().put("how", "called_back").put("note", "Comes on Friday."));
        assertThat(marked.status()).isEqualTo(204);
        var call = get(admin, "/calls/call_north");
        assertThat(call.at("/handled/how").asString()).isEqualTo("called_back");
        assertThat(call.at("/handled/note").asString()).isEqualTo("Comes on Friday.");
        assertThat(call.path("needsPerson").asBoolean()).isTrue();
        assertThat(ids(get(admin, "/calls?callBack=true"))).isEmpty();
        assertThat(ids(get(admin, "/calls?needsPerson=true"))).containsExactly("call_north");

        for (int time = 0; time < 2; time++) {
            assertThat(request(admin, "DELETE", "/calls/call_north/handled", Json.object())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(ids(get(admin, "/calls?callBack=true"))).containsExactly("call_north");
        assertThat(get(admin, "/audit").toString()).contains("\"call.handled\"", "\"call.reopened\"");
        assertThat(get(admin, "/audit").toString()).doesNotContain("Friday");
    }

    @Test
    void marksThatCannotBeReadAreRefused() {
        for (String body : List.of(
                "{}", "{\"how\": \"lost\"}", "{\"how\": \"not_needed\", \"note\": \"" + "x".repeat(501) + "\"}")) {
            assertThat(request(admin, "POST", "/calls/call_north/handled", Json.read(body))
                            .status())
                    .as(body)
                    .isIn(400, 422);
        }
        assertThat(request(
                                admin,
                                "POST",
                                "/calls/call_none/handled",
                                Json.object().put("how", "not_needed"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aClientsPersonReadsItsOwnCallsInItsOwnWords() {
        String person = people.issueToken(tenant, Optional.of(north), "read:runs", "read:events", "read:flows");

        var page = get(person, "/calls");

        assertThat(ids(page)).containsExactly("call_north");
        assertThat(page.toString()).doesNotContain("provider_down", run.value(), south.value(), "parked");
        assertThat(page.at("/items/0/sentence").asString())
                .isEqualTo("The calendar could not be reached. Please call back.");
        assertThat(TestEnvironment.get("/api/v1/calls/call_south", person).status())
                .isEqualTo(404);
        assertThat(ids(get(person, "/calls?client=" + south))).isEmpty();
        assertThat(ids(get(person, "/calls?client=" + north + "&outcome=not_booked&flow=book&limit=1")))
                .containsExactly("call_north");
        assertThat(get(person, "/calls/counts").at("/by/not_booked").asInt()).isEqualTo(1);
        assertThat(get(person, "/calls/counts?q=Byron").at("/by/not_booked").asInt())
                .isEqualTo(1);
        assertThat(get(person, "/insights/outcomes?from=2026-11-29&to=2026-11-30")
                        .at("/total/calls")
                        .asInt())
                .isEqualTo(1);
        assertThat(get(admin, "/calls/call_north").path("reason").asString()).isEqualTo("provider_down");
        assertThat(get(admin, "/calls/call_south").path("run").isNull()).isTrue();
    }

    @Test
    void figuresAreSummedByEachKeyAndComparedWithThePeriodBefore() {
        for (String by : List.of("day", "client", "reason", "flow")) {
            var figures = get(admin, "/insights/outcomes?from=2026-11-30&to=2026-12-01&by=" + by);
            assertThat(figures.at("/total/calls").asInt()).as(by).isEqualTo(2);
            assertThat(figures.at("/total/seconds").asInt()).isEqualTo(120);
            assertThat(figures.path("rows")
                            .valueStream()
                            .mapToInt(row -> row.at("/sums/calls").asInt())
                            .sum())
                    .isEqualTo(2);
        }
        var later = get(admin, "/insights/outcomes?from=2026-12-01&to=2026-12-02&client=" + north);
        assertThat(later.at("/total/calls").asInt()).isZero();
        assertThat(later.at("/before/notBooked").asInt()).isEqualTo(1);
    }

    @Test
    void anErasedCallerLeavesNothingInTheReadModelAndEveryFigureStays() {
        facts.setStatus(tenant, "call_north", run, "completed", "");
        var before = facts.sumsOfDays(tenant);

        erasures.erase(
                TenantScope.of(tenant), "usr_1", "+14155550100", CorrelationId.ofConversation("retell", "erasure"));
        facts.setStatus(tenant, "call_north", run, "failed", "raised");

        var call = get(admin, "/calls/call_north");
        assertThat(call.at("/caller/number").isNull()).isTrue();
        assertThat(call.at("/caller/name").isNull()).isTrue();
        assertThat(call.path("from").isNull()).isTrue();
        assertThat(call.path("requested").isNull()).isTrue();
        assertThat(call.path("outcome").asString())
                .as("it no longer follows its facts")
                .isEqualTo("no_request");
        assertThat(facts.sumsOfDays(tenant)).isEqualTo(before);
    }
}
