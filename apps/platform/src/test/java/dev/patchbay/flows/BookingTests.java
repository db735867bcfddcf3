package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.WebhookSigner;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@PatchbayTest
class BookingTests {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private ObservationRegistry observations;

    @Test
    void aSignedCallBecomesAContactABookingAndAText() {
        var caller = PhoneCalls.newCaller();

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        assertThat(run.path("steps"))
                .extracting(step -> step.path("name").asString())
                .containsExactly("contact", "booking", "confirm");
        assertThat(run.path("steps")).allSatisfy(step -> {
            assertThat(step.at("/effect/state").asString()).isEqualTo("DONE");
            assertThat(step.path("attempts")).hasSize(1);
        });
        assertExactlyOneOfEverything(caller, run);
    }

    @Test
    void everySpanOfARunCarriesItsCorrelationId() {
        var spans = new ConcurrentLinkedQueue<Observation.Context>();
        observations.observationConfig().observationHandler(new Collector(spans));

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));

        assertThat(spans)
                .filteredOn(span -> span.getHighCardinalityKeyValues().stream()
                        .anyMatch(pair ->
                                pair.getValue().equals(run.path("correlationId").asString())))
                .extracting(Observation.Context::getName)
                .contains("flow.step");
    }

    /** Collects the spans that ended. */
    private record Collector(Collection<Observation.Context> spans) implements ObservationHandler<Observation.Context> {

        @Override
        public void onStop(Observation.Context span) {
            spans.add(span);
        }

        @Override
        public boolean supportsContext(Observation.Context span) {
            return true;
        }
    }

    @Test
    void aLostResponseAndARateLimitStillEndInExactlyOneOfEverything() {
        var caller = PhoneCalls.newCaller();
        fault("google", "events.insert", "lost_response");
        fault("highlevel", "contacts.create", "429");

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        assertThat(run.at("/steps/0/attempts")).hasSize(2);
        assertThat(run.at("/steps/1/effect/lookedUp").asBoolean()).isTrue();
        assertExactlyOneOfEverything(caller, run);
    }

    @Test
    void aTextWithALostResponseIsLookedUpBeforeItIsSentAgain() {
        var caller = PhoneCalls.newCaller();
        fault("twilio", "messages.create", "lost_response");

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        assertExactlyOneOfEverything(caller, run);
    }

    @Test
    void twoHundredIdenticalWebhooksStartOneRun() throws Exception {
        var caller = PhoneCalls.newCaller();
        String body = Json.write(analyzedCall("call_" + caller.path("lastName").asString(), caller));
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = IntStream.range(0, 200)
                    .mapToObj(i -> crowd.submit(
                            () -> TestEnvironment.send(signed(body)).status()))
                    .toList();
            int accepted = 0;
            for (var status : statuses) {
                assertThat(status.get()).isIn(200, 202);
                accepted += status.get() == 202 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }

        JsonNode run = PhoneCalls.ended("call_" + caller.path("lastName").asString());

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("completed");
        assertExactlyOneOfEverything(caller, run);
    }

    @Test
    void aTakenSlotParksTheRunAndKeepsTheContact() {
        var first = PhoneCalls.newCaller();
        PhoneCalls.ended(PhoneCalls.place(first));
        var second = PhoneCalls.newCaller().put("slot", first.path("slot").asString());

        assertParked(second, "no_slot");
    }

    @Test
    void aPastSlotParksTheRun() {
        assertParked(PhoneCalls.newCaller().put("slot", "2020-01-06T10:00:00-06:00"), "no_slot");
    }

    @Test
    void anAbsentSlotParksTheRun() {
        var caller = PhoneCalls.newCaller();
        caller.remove("slot");

        assertParked(caller, "bad_input");
    }

    @Test
    void aProviderThatStaysDownParksTheRun() {
        var caller = PhoneCalls.newCaller();
        TestEnvironment.sandbox(
                "faults", faultOf("google", "events.list", "500").put("times", 3));

        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));

        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("parked");
        assertThat(run.at("/cause/code").asString()).isEqualTo("provider_down");
        assertThat(meters.get("dead.letters")
                        .tag("reason", "provider_down")
                        .counter()
                        .count())
                .isPositive();
        assertThat(meters.get("flow.step").tag("outcome", "again").timer().count())
                .isPositive();
    }

    private static void assertParked(ObjectNode caller, String reason) {
        JsonNode run = PhoneCalls.ended(PhoneCalls.place(caller));
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("parked");
        assertThat(run.at("/cause/code").asString()).isEqualTo(reason);
        assertThat(run.at("/cause/sentence").asString()).isNotBlank();
        assertThat(run.at("/cause/nextAction").asString()).isNotBlank();
        String phone = caller.path("from").asString();
        assertThat(PhoneCalls.held("highlevel", "contacts", phone)).isEqualTo(1);
        assertThat(PhoneCalls.held("twilio", "messages", phone)).isZero();
    }

    private static void assertExactlyOneOfEverything(JsonNode caller, JsonNode run) {
        String phone = caller.path("from").asString();
        assertThat(PhoneCalls.held("highlevel", "contacts", phone)).isEqualTo(1);
        assertThat(PhoneCalls.held("google", "events", run.path("id").asString()))
                .isEqualTo(1);
        assertThat(PhoneCalls.held("twilio", "messages", phone)).isEqualTo(1);
    }

    private static void fault(String provider, String operation, String fault) {
        TestEnvironment.sandbox("faults", faultOf(provider, operation, fault));
    }

    private static ObjectNode faultOf(String provider, String operation, String fault) {
        return Json.object()
                .put("provider", provider)
                .put("operation", operation)
                .put("fault", fault)
                .put("times", 1)
                .put("delayMs", 0);
    }

    private static JsonNode analyzedCall(String callId, JsonNode caller) {
        var call = Json.object()
                .put("call_type", "phone_call")
                .put("call_id", callId)
                .put("agent_id", TestEnvironment.dev().at("/clients/0/agentId").asString())
                .put("from_number", caller.path("from").asString())
                .put("to_number", TestEnvironment.dev().at("/clients/0/phone").asString())
                .put("direction", "inbound")
                .put("start_timestamp", 1_790_000_000_000L)
                .put("end_timestamp", 1_790_000_095_000L);
        call.putObject("call_analysis")
                .putObject("custom_analysis_data")
                .put("wants_appointment", true)
                .put("first_name", "Ada")
                .put("slot", caller.path("slot").asString());
        return Json.object().put("event", "call_analyzed").set("call", call);
    }

    private static HttpRequest.Builder signed(String body) {
        var retell = TestEnvironment.dev().at("/connections/retell");
        String signature = WebhookSigner.retell(retell.path("secret").asString(), body, Instant.now());
        return TestEnvironment.request(URI.create(retell.path("ingressUrl").asString()))
                .header("Content-Type", "application/json")
                .header("x-retell-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
