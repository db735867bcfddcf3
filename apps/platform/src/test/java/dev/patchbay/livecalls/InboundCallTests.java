package dev.patchbay.livecalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** How incoming calls are taken, sent as Retell sends them. */
@PatchbayTest
class InboundCallTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final String NORTHSIDE = "+13125550142";
    private static final String STRICT = "+13125550177";
    private static final AtomicInteger CALLERS = new AtomicInteger(200);

    @Autowired
    private Clients clients;

    @Autowired
    private Connections connections;

    @Autowired
    private MeterRegistry meters;

    /** Its number has no agent of its own, and it refuses a caller. */
    @BeforeEach
    void addStrictClient() {
        var settings = Json.read("""
                {"inbound": {"overrideAgentId": "agent_strict", "overrideAgentVersion": 3,
                             "refuse": ["+1 415 555 0666", "nobody"], "variables": {"hours": "9 to 5", "floor": 2}}}""");
        var id = new ClientId("cli_strict");
        clients.put(TENANT, new Client(id, "Strict & Sons", ZoneId.of("America/Chicago"), settings));
        connections.mapRoute(TENANT, new ConnectionId("con_retell"), "number", STRICT, id);
        connections.bind(TenantScope.of(TENANT, id), "crm", new ConnectionId("con_highlevel_northside"), Json.object());
    }

    @Test
    void aKnownCallersNameAndLastAppointmentAreGiven() {
        var caller = PhoneCalls.newCaller();
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        JsonNode answer = awaitFresh(caller.path("from").asString(), NORTHSIDE);

        JsonNode variables = answer.at("/call_inbound/dynamic_variables");
        assertThat(variables.path("caller_known").asString()).isEqualTo("true");
        assertThat(variables.path("first_name").asString()).isEqualTo("Ada");
        assertThat(variables.path("caller_name").asString())
                .isEqualTo("Ada " + caller.path("lastName").asString());
        assertThat(variables.path("email").asString())
                .isEqualTo(caller.path("email").asString());
        assertThat(variables.path("contact_id").asString()).isNotEmpty();
        assertThat(variables.path("client_name").asString()).isEqualTo("Northside Dental");
        assertThat(variables.path("last_appointment").asString())
                .isEqualTo(run.at("/steps/1/output/startLocal").asString());
        assertThat(variables)
                .allSatisfy(variable -> assertThat(variable.isString()).isTrue());
        assertThat(answer.path("call_inbound").has("override_agent_id")).isFalse();
    }

    @Test
    void aCallerWithoutAContactIsNotKnown() {
        JsonNode answer = awaitFresh(newNumber(), NORTHSIDE);

        assertThat(answer.at("/call_inbound/dynamic_variables/caller_known").asString())
                .isEqualTo("false");
        assertThat(answer.at("/call_inbound/dynamic_variables").has("first_name"))
                .isFalse();
    }

    @Test
    void aSlowOrRefusingCrmIsReplacedByItsCachedAnswer() {
        String from = newNumber();
        awaitFresh(from, NORTHSIDE);

        fault("slow", 1_800);
        JsonNode slow = ring(from, NORTHSIDE);
        fault("429", 0);
        JsonNode refusing = ring(from, NORTHSIDE);

        assertThat(outcome(slow)).isEqualTo("remembered");
        assertThat(outcome(refusing)).isEqualTo("remembered");
        assertThat(slow.at("/call_inbound/dynamic_variables/caller_known").asString())
                .isEqualTo("false");
    }

    @Test
    void aCrmThatIsDownLetsTheCallThrough() {
        fault("500", 0);

        JsonNode answer = ring(newNumber(), STRICT);

        assertThat(outcome(answer)).isEqualTo("unknown");
        assertThat(answer.at("/call_inbound/override_agent_id").asString()).isEqualTo("agent_strict");
        assertThat(answer.at("/call_inbound/dynamic_variables")).isEqualTo(Json.read("""
                {"hours": "9 to 5", "floor": "2", "client_name": "Strict & Sons", "caller_known": "unknown"}"""));
    }

    @Test
    void aLateAnswerIsCachedForTheNextCall() {
        String from = newNumber();
        fault("slow", 1_000);
        assertThat(outcome(ring(from, NORTHSIDE))).isEqualTo("unknown");

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            fault("500", 0);
            return outcome(ring(from, NORTHSIDE)).equals("remembered");
        });
    }

    @Test
    void aHiddenCallerIsTakenWithoutAskingTheCrm() {
        assertThat(outcome(ring("anonymous", NORTHSIDE))).isEqualTo("unknown");
        assertThat(outcome(ring("", NORTHSIDE))).isEqualTo("unknown");
    }

    @Test
    void theClientsSettingsChooseTheAgentAndRefuseCallers() {
        JsonNode response = ring(newNumber(), STRICT);
        JsonNode refused = ring("+14155550666", STRICT);

        assertThat(response.at("/call_inbound/override_agent_id").asString()).isEqualTo("agent_strict");
        assertThat(response.at("/call_inbound/override_agent_version").asInt()).isEqualTo(3);
        assertThat(outcome(refused)).isEqualTo("refused");
        assertThat(refused.path("call_inbound").propertyNames()).containsExactly("metadata");
    }

    @Test
    void aNumberWithoutAClientIsTakenAsTheProviderWould() {
        JsonNode answer = LiveCallClient.ring(LiveCallClient.ringing("agent_nobodys", newNumber(), "+13125550199"))
                .body();

        assertThat(outcome(answer)).isEqualTo("unknown");
        assertThat(answer.at("/call_inbound/dynamic_variables").isEmpty()).isTrue();
    }

    @Test
    void theCallIsRecordedAsAnEvent() {
        String from = newNumber();
        awaitFresh(from, NORTHSIDE);
        ring(from, NORTHSIDE);

        JsonNode event =
                await().atMost(Duration.ofSeconds(20)).until(() -> events(from).path(0), JsonNode::isObject);

        assertThat(event.path("clientid").asString()).isEqualTo("cli_northside");
        assertThat(event.at("/data/call/from").asString()).isEqualTo(from);
        assertThat(event.at("/data/answer/outcome").asString()).isIn("fresh", "remembered", "unknown");
    }

    @Test
    void forgedLateAndMisaddressedRequestsAreRefused() {
        String body = Json.write(LiveCallClient.ringing("agent_northside", newNumber(), NORTHSIDE));
        var unknown = URI.create(LiveCallClient.inboundUrl().toString().replaceAll("[0-9a-f]{32}", "0".repeat(32)));
        var nobody = URI.create(LiveCallClient.inboundUrl().toString().replace("/retell/", "/nobody/"));

        assertRefused(
                TestEnvironment.send(TestEnvironment.request(LiveCallClient.inboundUrl())
                        .header("Content-Type", "application/json")
                        .header("x-retell-signature", "v=1,d=" + "0".repeat(64))
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))),
                "401.signature_invalid");
        assertRefused(
                TestEnvironment.send(LiveCallClient.signed(LiveCallClient.inboundUrl(), body, Duration.ofMinutes(-6))),
                "401.timestamp_skew");
        assertRefused(
                TestEnvironment.send(LiveCallClient.signed(unknown, body, Duration.ZERO)), "401.signature_invalid");
        assertRefused(
                TestEnvironment.send(LiveCallClient.signed(nobody, body, Duration.ZERO)), "401.signature_invalid");
    }

    @Test
    void anUnreadableRequestIsRefusedWithItsPointer() {
        var reply = LiveCallClient.ring(Json.object().put("event", "call_inbound"));
        var notJson = TestEnvironment.send(LiveCallClient.signed(LiveCallClient.inboundUrl(), "{", Duration.ZERO));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("detail").asString()).contains("/call_inbound/to_number");
        assertThat(notJson.status()).isEqualTo(400);
    }

    @Test
    void answersAreMeasured() {
        ring(newNumber(), NORTHSIDE);

        assertThat(meters.find("live.answer").tag("kind", "inbound").timers()).isNotEmpty();
    }

    private static JsonNode awaitFresh(String from, String to) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> ring(from, to), answer -> outcome(answer).equals("fresh"));
    }

    private static JsonNode ring(String from, String to) {
        var reply = LiveCallClient.ring(LiveCallClient.ringing("agent_northside", from, to));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply.body();
    }

    private static String outcome(JsonNode answer) {
        return answer.at("/call_inbound/metadata/patchbay_answer").asString();
    }

    private static JsonNode events(String phone) {
        return TestEnvironment.get("/api/v1/events?type=voice.call.inbound&phone=" + phone.replace("+", "%2B"))
                .body()
                .path("items");
    }

    private static void assertRefused(TestEnvironment.Reply reply, String code) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().path("code").asString()).isEqualTo(code);
    }

    private static String newNumber() {
        return "+1415555" + String.format("%04d", CALLERS.getAndIncrement() + 5_000);
    }

    private static void fault(String fault, int delayMs) {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "highlevel")
                        .put("operation", "contacts.search")
                        .put("fault", fault)
                        .put("times", 1)
                        .put("delayMs", delayMs));
    }
}
