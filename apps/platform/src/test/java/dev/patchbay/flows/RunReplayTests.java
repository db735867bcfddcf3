package dev.patchbay.flows;

import static dev.patchbay.testing.FlowFixture.accepted;
import static dev.patchbay.testing.FlowFixture.act;
import static dev.patchbay.testing.FlowFixture.bookings;
import static dev.patchbay.testing.FlowFixture.fault;
import static dev.patchbay.testing.FlowFixture.preview;
import static dev.patchbay.testing.FlowFixture.steps;
import static dev.patchbay.testing.FlowFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replays continue stopped runs and do nothing twice. */
@PatchbayTest
class RunReplayTests {

    private static final ObjectNode UNCHANGED = Json.object();

    private static final String BOOKING = """
            do:
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.from }", firstName: Ada, source: test }
              - booking:
                  call: calendar.book
                  with: { contact: "${ $steps.contact.id }", start: "${ $event.slot }", minutes: 30 }
              - confirm:
                  call: messaging.sendSms
                  with: { to: "${ $event.from }", text: "${ \\"Booked for \\" + $steps.booking.startLocal }" }
            """;

    @Test
    void aReplayContinuesFromTheStepThatFailed() {
        var fixture = new FlowFixture(BOOKING);
        fault("google", "freebusy.query", "500", 3);
        var stopped = fixture.ran("parked");
        String id = stopped.path("id").asString();
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("provider_down");
        assertThat(stopped.at("/cause/step").asString()).isEqualTo("booking");

        assertThat(preview(id, UNCHANGED)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        assertThat(until(id, "parked").path("pass").asInt())
                .as("a preview changes nothing")
                .isZero();
        accepted(id, "replay", UNCHANGED);

        var run = until(id, "completed");
        assertThat(steps(run, 0)).containsExactly("contact completed", "booking failed");
        assertThat(steps(run, 1)).containsExactly("contact completed reused", "booking completed", "confirm completed");
        assertThat(run.path("cause").isNull()).isTrue();
        assertOneOfEach(fixture, id);
    }

    @Test
    void anUnknownOutcomeIsLookedUpFirst() {
        var fixture = new FlowFixture(BOOKING);
        fault("google", "events.insert", "lost_response", 1);
        fault("google", "events.get", "500", 20);
        var stopped = fixture.ran("parked");
        String id = stopped.path("id").asString();
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("unknown_outcome");
        FlowFixture.heal();

        assertThat(preview(id, UNCHANGED))
                .containsExactly("contact reused", "booking looked_up_first", "confirm runs_if_reached");
        accepted(id, "replay", UNCHANGED);

        until(id, "completed");
        assertOneOfEach(fixture, id);
    }

    @Test
    void aTakenSlotIsReplayedWithAnotherSlot() {
        var taken = new FlowFixture(BOOKING);
        taken.ran("completed");
        var fixture = new FlowFixture(BOOKING);
        String id = fixture.start(
                fixture.input().put("slot", taken.caller().path("slot").asString()));
        var stopped = until(id, "parked");
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("no_slot");
        var edited = Json.object().set("input", fixture.input());

        assertThat(preview(id, edited)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        accepted(id, "replay", edited);

        var run = until(id, "completed");
        assertThat(run.at("/input/slot").asString())
                .isEqualTo(fixture.caller().path("slot").asString());
        assertThat(run.at("/steps/1/effect/key").asString()).endsWith("/booking/0/0");
        assertThat(step(run, 1, "booking").at("/effect/key").asString()).endsWith("/booking/0/1");
        assertOneOfEach(fixture, id);
    }

    @Test
    void aFaultyFlowIsReplayedOnACorrectedVersion() {
        var fixture = new FlowFixture(BOOKING.replace("\"${ $event.slot }\"", "\"${ $event.slot[0:10] }\""));
        var stopped = fixture.ran("parked");
        String id = stopped.path("id").asString();
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("bad_input");
        fixture.version("1.0.1", "do:\n  - greeting: { set: { hello: true } }\n" + BOOKING.replaceFirst("do:\n", ""));
        var mended = Json.object().put("version", "1.0.1");

        assertThat(preview(id, mended)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        accepted(id, "replay", mended);

        var run = until(id, "completed");
        assertThat(run.at("/flow/version").asString()).isEqualTo("1.0.1");
        assertThat(steps(run, 1))
                .containsExactly(
                        "greeting completed", "contact completed reused", "booking completed", "confirm completed");
        assertOneOfEach(fixture, id);
    }

    @Test
    void onlyNamedTasksAreRepeated() {
        var fixture = new FlowFixture(BOOKING);
        String id = fixture.ran("completed").path("id").asString();

        var nothing = act(id, "replay", UNCHANGED);
        assertThat(nothing.status()).isEqualTo(409);
        assertThat(nothing.body().path("detail").asString()).contains("repeat");
        var unknown = act(id, "replay", repeat("confrm"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body().path("detail").asString()).contains("confirm");
        assertThat(preview(id, repeat("confirm"))).containsExactly("contact reused", "booking reused", "confirm runs");
        accepted(id, "replay", repeat("confirm"));

        var run = until(id, "completed");
        assertThat(step(run, 1, "confirm").at("/effect/key").asString()).endsWith("/confirm/0/1");
        assertThat(fixture.contacts()).isEqualTo(1);
        assertThat(bookings(id)).isEqualTo(1);
        assertThat(fixture.texts()).isEqualTo(2);
    }

    @Test
    void anElapsedWaitIsNotRepeated() {
        var fixture = new FlowFixture("""
                do:
                  - breath: { wait: { milliseconds: 300 } }
                  - refuse:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: "${ $event.text }" }
                """);
        String id = until(fixture.start(fixture.input().put("text", "")), "parked")
                .path("id")
                .asString();
        var edited = Json.object().set("input", fixture.input().put("text", "hello"));

        assertThat(preview(id, edited)).containsExactly("breath reused", "refuse runs");
        accepted(id, "replay", edited);

        assertThat(steps(until(id, "completed"), 1)).containsExactly("breath completed reused", "refuse completed");
    }

    @Test
    void onlyEndedRunsAreReplayed() {
        var fixture = new FlowFixture("do:\n  - long: { wait: { hours: 1 } }\n");
        String id = fixture.ran("waiting").path("id").asString();

        assertThat(act(id, "replay", UNCHANGED).status()).isEqualTo(409);
        assertThat(act("run_none", "replay", UNCHANGED).status()).isEqualTo(404);
        accepted(id, "cancel", Json.object().put("reason", "test"));
        until(id, "cancelled");
        assertThat(act(id, "replay", Json.object().put("version", "9.9.9")).status())
                .isEqualTo(422);
    }

    @Test
    void deadLettersAreGroupedAndReplayedInBulkAtARate() {
        var fixture = new FlowFixture("""
                do:
                  - contact:
                      call: crm.upsertContact
                      with: { phone: "${ $event.from }", firstName: Ada, source: test }
                """);
        fault("highlevel", "contacts.upsert", "500", 1);
        fault("highlevel", "contacts.search", "500", 0);
        var input = fixture.input().put("from", "not a number");
        String first = until(fixture.start(input), "parked").path("id").asString();
        String second = until(fixture.start(input), "parked").path("id").asString();
        FlowFixture.heal();

        var groups = TestEnvironment.get("/api/v1/dead-letters").body().path("items");
        assertThat(groups).anySatisfy(group -> {
            assertThat(group.path("reason").asString()).isEqualTo("bad_input");
            assertThat(group.path("runs").asInt()).isGreaterThanOrEqualTo(2);
            assertThat(group.path("meaning").asString()).endsWith(".");
            assertThat(group.path("nextAction").asString()).endsWith(".");
        });
        assertThat(TestEnvironment.get("/api/v1/runs?status=parked&reason=bad_input")
                        .body()
                        .path("items"))
                .extracting(run -> run.path("id").asString())
                .contains(first, second);
        var which = Json.object().put("flow", fixture.name()).put("reason", "bad_input");
        var previewed =
                TestEnvironment.post("/api/v1/runs/replays?preview=true", which).body();
        assertThat(previewed.path("count").asInt()).isEqualTo(2);
        assertThat(previewed.at("/runs/0/steps/0/fate").asString()).isEqualTo("runs");

        var started = TestEnvironment.post("/api/v1/runs/replays", which.put("perMinute", 600));

        assertThat(started.status()).isEqualTo(202);
        assertThat(started.body().path("runs")).extracting(JsonNode::asString).containsExactly(first, second);
        assertThat(steps(until(second, "parked"), 1)).isNotNull();
        assertThat(TestEnvironment.post("/api/v1/runs/replays", Json.object()).status())
                .isEqualTo(422);
    }

    @Test
    void anUnsentEffectTakesTheEditedInput() {
        var fixture = new FlowFixture(BOOKING);
        fault("google", "freebusy.query", "500", 3);
        String id = fixture.ran("parked").path("id").asString();
        var other = new FlowFixture(BOOKING);
        var edited = Json.object()
                .set(
                        "input",
                        fixture.input().put("slot", other.caller().path("slot").asString()));

        assertThat(preview(id, edited)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        accepted(id, "replay", edited);

        until(id, "completed");
        assertOneOfEach(fixture, id);
    }

    @Test
    void aBookingOfAnEarlierPassIsCompensated() {
        var fixture = new FlowFixture(
                BOOKING.replace("minutes: 30 }", "minutes: 30 }\n      metadata: { compensate: calendar.cancel }"));
        fault("twilio", "messages.create", "500", 3);
        fault("twilio", "messages.create", "429", 3);
        String id = until(fixture.start(fixture.input().put("from", fixture.phone())), "parked")
                .path("id")
                .asString();
        assertThat(bookings(id)).isEqualTo(1);
        FlowFixture.heal();
        TestEnvironment.post("/api/v1/runs/" + id + "/replay", UNCHANGED);
        accepted(id, "cancel", Json.object().put("reason", "no longer wanted"));

        var run = until(id, "cancelled");

        assertThat(bookings(id)).isZero();
        assertThat(run.at("/cause/sentence").asString()).isEqualTo("no longer wanted");
    }

    @Test
    void runsOfOneClientWithOneIdempotencyKeyShareAnEffect() {
        var fixture = new FlowFixture("""
                do:
                  - text:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: hello }
                      metadata: { idempotencyKey: "${ $event.from }" }
                """);

        var first = fixture.ran("completed");
        var second = fixture.ran("completed");

        assertThat(fixture.texts()).isEqualTo(1);
        assertThat(second.at("/output/id")).isEqualTo(first.at("/output/id"));
        assertThat(second.at("/steps/0/effect/key").asString())
                .isEqualTo(first.at("/steps/0/effect/key").asString())
                .contains(first.path("clientId").asString());
    }

    @Test
    void theTimeLimitOfAFlowRestartsWithAReplay() {
        var fixture = new FlowFixture("timeout: { after: { seconds: 1 } }\n"
                + BOOKING.replaceFirst("do:\n", "do:\n  - breath: { wait: { milliseconds: 1500 } }\n"));
        var late = fixture.ran("parked");
        String id = late.path("id").asString();
        assertThat(late.at("/output/status").asInt()).isEqualTo(408);
        assertThat(late.at("/cause/sentence").asString()).contains("time limit of the flow");
        fixture.version("1.0.1", BOOKING);

        accepted(id, "replay", Json.object().put("version", "1.0.1"));

        until(id, "completed");
        assertOneOfEach(fixture, id);
    }

    private static ObjectNode repeat(String task) {
        var request = Json.object();
        request.putArray("repeat").add(task);
        return request;
    }

    private static JsonNode step(JsonNode run, int pass, String name) {
        for (JsonNode step : run.path("steps")) {
            if (step.path("pass").asInt() == pass
                    && step.path("name").asString().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + run);
    }

    private static void assertOneOfEach(FlowFixture fixture, String run) {
        assertThat(fixture.contacts()).isEqualTo(1);
        assertThat(bookings(run)).isEqualTo(1);
        assertThat(fixture.texts()).isEqualTo(1);
        assertThat(PhoneCalls.held("google", "events", run)).isEqualTo(1);
    }
}
