package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ordinary calls with what agents write down, through the ready flow. */
@PatchbayTest
class OrdinaryCallTests {

    private static final List<String> ALL_DONE = List.of("contact completed", "booking completed", "confirm completed");

    private static String clientPhone() {
        return TestEnvironment.dev().at("/clients/0/phone").asString();
    }

    private static JsonNode completed(ObjectNode caller) {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        return run;
    }

    private static void optOut(String phone) {
        TestEnvironment.sandbox(
                "sms", Json.object().put("from", phone).put("to", clientPhone()).put("body", "STOP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "N/A", "not provided", "ada", "ada@", "{{email}}"})
    void anEmailThatIsNoneCostsNothing(String email) {
        var caller = PhoneCalls.newCaller().put("email", email);

        JsonNode run = completed(caller);

        assertThat(FlowFixture.steps(run, 0)).isEqualTo(ALL_DONE);
        assertThat(run.at("/steps/0/input").has("email")).isFalse();
    }

    @Test
    void aSpokenEmailIsPutTogetherAndNoted() {
        JsonNode run = completed(PhoneCalls.newCaller().put("email", "ada dot smith at example dot com"));

        assertThat(run.at("/steps/0/input/email").asString()).isEqualTo("ada.smith@example.com");
        assertThat(run.at("/steps/0/notes/0").asString()).contains("“email” was read as ada.smith@example.com");
    }

    @Test
    void aTimeWithoutAnOffsetLiesInTheClientsZone() {
        var caller = PhoneCalls.newCaller();
        String slot = caller.path("slot").asString();

        JsonNode run = completed(caller.put("slot", slot.substring(0, 16).replace('T', ' ')));

        assertThat(run.at("/steps/1/output/start").asString().substring(0, 16)).isEqualTo(slot.substring(0, 16));
    }

    @Test
    void theCustomerOfAnOutboundCallIsThePerson() {
        var caller = PhoneCalls.newCaller();
        String customer = caller.path("from").asString();
        caller.put("direction", "outbound").put("from", clientPhone()).put("to", customer);

        JsonNode run = completed(caller);

        assertThat(run.at("/steps/0/input/phone").asString()).isEqualTo(customer);
        assertThat(PhoneCalls.held("twilio", "messages", customer)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+266696687", "anonymous"})
    void aHiddenCallerBecomesNoContact(String from) {
        assertThat(runs(PhoneCalls.newCaller().put("from", from))).isEmpty();
        assertThat(PhoneCalls.held("highlevel", "contacts", from)).isZero();
    }

    @Test
    void aVoicemailStartsNothing() {
        assertThat(runs(PhoneCalls.newCaller().put("voicemail", true))).isEmpty();
    }

    private static JsonNode runs(ObjectNode caller) {
        String callId = PhoneCalls.place(caller);
        String correlation = PhoneCalls.analyzed(callId).path("correlationid").asString();
        PhoneCalls.awaitDispatched(callId);
        return TestEnvironment.get("/api/v1/runs?correlationId=" + correlation)
                .body()
                .path("items");
    }

    @Test
    void aPersonWhoOptedOutGetsAnAppointmentAndNoText() {
        var caller = PhoneCalls.newCaller();
        optOut(caller.path("from").asString());

        JsonNode run = completed(caller);

        assertThat(FlowFixture.steps(run, 0))
                .containsExactly("contact completed", "booking completed", "confirm failed");
        assertThat(run.at("/steps/2/output/title").asString()).isEqualTo("opted_out");
    }

    @Test
    void aFlowMayCatchThatSomebodyOptedOut() {
        var fixture = new FlowFixture("""
                do:
                  - attempt:
                      try:
                        - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: Hello } }
                      catch:
                        errors: { with: { title: opted_out } }
                        do:
                          - noted: { set: { channel: call } }
                """);
        optOut(fixture.phone());

        JsonNode run = fixture.startAndAwait("completed");

        assertThat(FlowFixture.steps(run, 0)).containsExactly("text failed", "noted completed");
    }

    @Test
    void aFlowThatCatchesOtherErrorsContinuesBehindTheText() {
        var fixture = new FlowFixture("""
                do:
                  - attempt:
                      try:
                        - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: Hello } }
                        - after: { set: { reached: true } }
                      catch:
                        errors: { with: { title: no_slot } }
                        do:
                          - caught: { set: { reached: false } }
                """);
        optOut(fixture.phone());

        JsonNode run = fixture.startAndAwait("completed");

        assertThat(FlowFixture.steps(run, 0)).containsExactly("text failed", "after completed");
    }

    @Test
    void ourOwnNumberIsNeverTexted() {
        var fixture = new FlowFixture("""
                do:
                  - contact: { call: crm.upsertContact, with: { phone: "${ $event.from }", email: ada@example.com } }
                  - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: Hello } }
                """);

        String run = fixture.start(fixture.input().put("from", clientPhone()));

        JsonNode parked = FlowFixture.awaitStatus(run, "parked");
        assertThat(parked.at("/steps/0/input").has("phone")).isFalse();
        assertThat(parked.at("/cause/code").asString()).isEqualTo("bad_input");
    }

    @Test
    void aTextThatIsNotFilledInIsNotSent() {
        var fixture = new FlowFixture("""
                do:
                  - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: '${ "Hi \\($event.name), see you" }' } }
                """);

        JsonNode parked = fixture.startAndAwait("parked");

        assertThat(parked.at("/cause/sentence").asString()).contains("null", "not filled in");
        assertThat(fixture.countTexts()).isZero();
    }

    @Test
    void theEndOfARunIsInTheAuditTrail() {
        JsonNode run = completed(PhoneCalls.newCaller());

        JsonNode entries = TestEnvironment.get("/api/v1/audit?correlationId="
                        + run.path("correlationId").asString())
                .body()
                .path("items");

        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("action").asString()).isEqualTo("run.completed");
            assertThat(entry.path("actor").asString()).startsWith("evt_");
            assertThat(entry.path("resource").asString())
                    .startsWith("flow/" + run.path("flowId").asString() + "@")
                    .endsWith("/run/" + run.path("id").asString());
        });
    }

    @Test
    void aContactWithDndIsNotTexted() {
        var fixture = new FlowFixture("""
                do:
                  - contact: { call: crm.upsertContact, with: { phone: "${ $event.from }", dnd: { sms: true } } }
                  - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: Hello } }
                """);

        JsonNode run = fixture.startAndAwait("completed");

        assertThat(FlowFixture.steps(run, 0)).containsExactly("contact completed", "text failed");
        assertThat(run.at("/steps/1/output/title").asString()).isEqualTo("opted_out");
        assertThat(fixture.countTexts()).isZero();
    }

    @Test
    void aFlowWaitsUntilAMoment() {
        var fixture = new FlowFixture("""
                do:
                  - past: { wait: { until: "2020-01-01T00:00:00Z" } }
                  - soon: { wait: { until: "${ $event.until }" } }
                  - done: { set: { a: 1 } }
                """);
        String until = Instant.now().plusSeconds(2).toString();

        JsonNode run = FlowFixture.awaitStatus(fixture.start(fixture.input().put("until", until)), "completed");
        JsonNode doubtful =
                FlowFixture.awaitStatus(fixture.start(fixture.input().put("until", "whenever")), "parked");
        JsonNode far =
                FlowFixture.awaitStatus(fixture.start(fixture.input().put("until", "2099-01-01 10:00")), "parked");

        assertThat(Instant.parse(run.path("endedAt").asString())).isAfterOrEqualTo(until);
        assertThat(doubtful.at("/cause/sentence").asString()).contains("“until” is no moment");
        assertThat(far.at("/cause/sentence").asString()).contains("days ahead");
    }
}
