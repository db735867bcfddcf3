package dev.patchbay.flows;

import static dev.patchbay.testing.FlowFixture.awaitStatus;
import static dev.patchbay.testing.FlowFixture.injectFault;
import static dev.patchbay.testing.FlowFixture.postAccepted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A run as its page shows it: every exchange, what is left, and nothing of what was said. */
@PatchbayTest
class RunDetailTests {

    @Test
    void theExchangeThatDecidedIsMarkedAmongAll() {
        injectFault("google", "events.insert", "lost_response", 1);
        injectFault("google", "events.get", "500", 20);
        var fixture = new FlowFixture("""
                do:
                  - contact:
                      call: crm.upsertContact
                      with: { phone: "${ $event.from }", firstName: Ada, source: test }
                  - booking:
                      call: calendar.book
                      with: { contact: "${ $steps.contact.id }", start: "${ $event.slot }", minutes: 30 }
                  - confirm:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: Booked }
                """);

        var run = fixture.startAndAwait("parked");
        FlowFixture.removeFaults();

        assertThat(run.at("/cause/code").asString()).isEqualTo("unknown_outcome");
        assertThat(run.path("blockedBy").asString()).isEqualTo("google");
        assertThat(run.path("calls").valueStream().map(call -> call.path("name").asString()))
                .containsExactly("contact", "booking", "confirm");
        var attempts = run.at("/steps/1/attempts").valueStream().toList();
        assertThat(attempts).hasSize(6);
        var first = attempts.getFirst();
        assertThat(first.path("outcome").asString()).isEqualTo("retried");
        assertThat(first.path("nextAttemptAt").isString()).isTrue();
        assertThat(first.path("exchanges")
                        .valueStream()
                        .filter(exchange -> exchange.path("decided").asBoolean())
                        .map(exchange -> exchange.path("method").asString()
                                + exchange.path("status").asString("")))
                .containsExactly("POST");
        assertThat(attempts.getLast().path("outcome").asString()).isEqualTo("needs_person");
        assertThat(attempts.getLast().path("nextAttemptAt").isNull()).isTrue();
    }

    @Test
    void theLastAttemptIsNoRetry() {
        var fixture = new FlowFixture("""
                do:
                  - booking: { call: calendar.book, with: { contact: "c", start: "${ $event.slot }", minutes: 30 } }
                """);
        injectFault("google", "events.list", "500", 3);

        var run = fixture.startAndAwait("parked");

        FlowFixture.removeFaults();
        assertThat(run.at("/steps/0/attempts")
                        .valueStream()
                        .map(attempt -> attempt.path("outcome").asString()))
                .containsExactly("retried", "retried", "failed");
        assertThat(run.at("/steps/0/attempts/2/reason").asString()).isEqualTo("provider_down");
        assertThat(run.at("/steps/0/attempts/2/exchanges/0/decided").asBoolean())
                .isTrue();
    }

    @Test
    void aTranscriptIsNoPartOfARunAndSurvivesAReplayWithEditedInput() {
        var fixture = new FlowFixture("""
                do:
                  - refused: { call: calendar.book, with: { contact: "c", start: "${ $event.slot }", minutes: 30 } }
                  - said: { set: { length: "${ $event.call.transcript | length }" } }
                """);
        var input = fixture.input().put("slot", "whenever it suits");
        input.putObject("call").put("transcript", "Agent: hello").put("id", "call_1");
        String id = fixture.start(input);
        var stopped = awaitStatus(id, "parked");
        assertThat(stopped.toString()).doesNotContain("Agent: hello").contains("call_1");
        var edited = (ObjectNode) stopped.path("input").deepCopy();
        edited.put("slot", fixture.caller().path("slot").asString());

        postAccepted(
                id,
                "replay",
                Json.object().put("reason", "a time that can be read").set("input", edited));

        var run = awaitStatus(id, "completed");
        assertThat(run.at("/replays/0/reason").asString()).isEqualTo("a time that can be read");
        assertThat(run.at("/replays/0/outcome").asString()).isEqualTo("parked");
        assertThat(said(run).path("length").asInt()).isEqualTo("Agent: hello".length());
    }

    private static JsonNode said(JsonNode run) {
        return run.path("steps")
                .valueStream()
                .filter(step -> step.path("name").asString().equals("said"))
                .map(step -> step.path("output"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnchangedRunIsNotSentTwice() {
        String path = "/api/v1/runs/"
                + PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()))
                        .path("id")
                        .asString();
        String tag = TestEnvironment.get(path).headers().firstValue("ETag").orElseThrow();

        var again = TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + path))
                        .header(
                                "Authorization",
                                "Bearer " + TestEnvironment.dev().path("token").asString())
                        .header("If-None-Match", tag)
                        .GET());

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().isNull()).isTrue();
        assertThat(again.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(TestEnvironment.get("/api/v1/audit").headers().firstValue("ETag"))
                .isEmpty();
        assertThat(TestEnvironment.get("/api/v1/runs/run_missing").headers().firstValue("ETag"))
                .isEmpty();
    }
}
