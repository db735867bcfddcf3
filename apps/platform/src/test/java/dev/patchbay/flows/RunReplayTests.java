package dev.patchbay.flows;

import static dev.patchbay.testing.FlowFixture.awaitStatus;
import static dev.patchbay.testing.FlowFixture.countBookings;
import static dev.patchbay.testing.FlowFixture.injectFault;
import static dev.patchbay.testing.FlowFixture.post;
import static dev.patchbay.testing.FlowFixture.postAccepted;
import static dev.patchbay.testing.FlowFixture.preview;
import static dev.patchbay.testing.FlowFixture.steps;
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

    /** Members that are null, as the portal sends them, are like missing ones. */
    private static final ObjectNode UNCHANGED =
            Json.object().putNull("version").putNull("input").putNull("repeat").putNull("reason");

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
        injectFault("google", "events.list", "500", 3);
        var stopped = fixture.startAndAwait("parked");
        String id = stopped.path("id").asString();
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("provider_down");
        assertThat(stopped.at("/cause/step").asString()).isEqualTo("booking");

        assertThat(preview(id, UNCHANGED)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        assertThat(awaitStatus(id, "parked").path("pass").asInt())
                .as("a preview changes nothing")
                .isZero();
        postAccepted(id, "replay", UNCHANGED);

        var run = awaitStatus(id, "completed");
        assertThat(steps(run, 0)).containsExactly("contact completed", "booking failed");
        assertThat(steps(run, 1)).containsExactly("contact completed reused", "booking completed", "confirm completed");
        assertThat(run.path("cause").isNull()).isTrue();
        assertEverythingOnce(fixture, id);
    }

    @Test
    void anUnknownOutcomeIsLookedUpFirst() {
        var fixture = new FlowFixture(BOOKING);
        injectFault("google", "events.insert", "lost_response", 1);
        injectFault("google", "events.get", "500", 20);
        var stopped = fixture.startAndAwait("parked");
        String id = stopped.path("id").asString();
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("unknown_outcome");
        FlowFixture.removeFaults();

        assertThat(preview(id, UNCHANGED))
                .containsExactly("contact reused", "booking looked_up_first", "confirm runs_if_reached");
        postAccepted(id, "replay", UNCHANGED);

        awaitStatus(id, "completed");
        assertEverythingOnce(fixture, id);
    }

    @Test
    void aTakenSlotIsReplayedWithAnotherSlot() {
        var booked = new FlowFixture(BOOKING);
        booked.startAndAwait("completed");
        var fixture = new FlowFixture(BOOKING);
        String id = fixture.start(
                fixture.input().put("slot", booked.caller().path("slot").asString()));
        var stopped = awaitStatus(id, "parked");
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("no_slot");
        var edited = Json.object().set("input", fixture.input());

        assertThat(preview(id, edited)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        postAccepted(id, "replay", edited);

        var run = awaitStatus(id, "completed");
        assertThat(run.at("/input/slot").asString())
                .isEqualTo(fixture.caller().path("slot").asString());
        assertThat(run.at("/steps/1/effect/key").asString()).endsWith("/booking/0/0");
        assertThat(step(run, 1, "booking").at("/effect/key").asString()).endsWith("/booking/0/1");
        assertEverythingOnce(fixture, id);
    }

    @Test
    void aFaultyFlowIsReplayedOnACorrectedVersion() {
        var fixture = new FlowFixture(BOOKING.replace("\"${ $event.slot }\"", "\"${ $event.slot[0:10] }\""));
        var stopped = fixture.startAndAwait("parked");
        String id = stopped.path("id").asString();
        assertThat(stopped.at("/cause/code").asString()).isEqualTo("bad_input");
        fixture.addVersion(
                "1.0.1", "do:\n  - greeting: { set: { hello: true } }\n" + BOOKING.replaceFirst("do:\n", ""));
        var mended = Json.object().put("version", "1.0.1");

        assertThat(preview(id, mended)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        postAccepted(id, "replay", mended);

        var run = awaitStatus(id, "completed");
        assertThat(run.at("/flow/version").asString()).isEqualTo("1.0.1");
        assertThat(steps(run, 1))
                .containsExactly(
                        "greeting completed", "contact completed reused", "booking completed", "confirm completed");
        assertEverythingOnce(fixture, id);
    }

    @Test
    void onlyNamedTasksAreRepeated() {
        var fixture = new FlowFixture(BOOKING);
        String id = fixture.startAndAwait("completed").path("id").asString();

        var nothing = post(id, "replay", UNCHANGED);
        assertThat(nothing.status()).isEqualTo(409);
        assertThat(nothing.body().path("detail").asString()).contains("repeat");
        var unknown = post(id, "replay", repeat("confrm"));
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.body().path("detail").asString()).contains("confirm");
        assertThat(preview(id, repeat("confirm"))).containsExactly("contact reused", "booking reused", "confirm runs");
        postAccepted(id, "replay", repeat("confirm"));

        var run = awaitStatus(id, "completed");
        assertThat(step(run, 1, "confirm").at("/effect/key").asString()).endsWith("/confirm/0/1");
        assertThat(fixture.countContacts()).isEqualTo(1);
        assertThat(countBookings(id)).isEqualTo(1);
        assertThat(fixture.countTexts()).isEqualTo(2);
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
        String id = awaitStatus(fixture.start(fixture.input().put("text", "")), "parked")
                .path("id")
                .asString();
        var edited = Json.object().set("input", fixture.input().put("text", "hello"));

        assertThat(preview(id, edited)).containsExactly("breath reused", "refuse runs");
        postAccepted(id, "replay", edited);

        assertThat(steps(awaitStatus(id, "completed"), 1))
                .containsExactly("breath completed reused", "refuse completed");
    }

    @Test
    void onlyEndedRunsAreReplayed() {
        var fixture = new FlowFixture("do:\n  - long: { wait: { hours: 1 } }\n");
        String id = fixture.startAndAwait("waiting").path("id").asString();

        assertThat(post(id, "replay", UNCHANGED).status()).isEqualTo(409);
        assertThat(post("run_none", "replay", UNCHANGED).status()).isEqualTo(404);
        postAccepted(id, "cancel", Json.object().put("reason", "test"));
        awaitStatus(id, "cancelled");
        assertThat(post(id, "replay", Json.object().put("version", "9.9.9")).status())
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
        injectFault("highlevel", "contacts.create", "500", 1);
        injectFault("highlevel", "contacts.search", "500", 0);
        var input = fixture.input().put("from", "not a number");
        String first = awaitStatus(fixture.start(input), "parked").path("id").asString();
        String second = awaitStatus(fixture.start(input), "parked").path("id").asString();
        FlowFixture.removeFaults();

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
        assertThat(steps(awaitStatus(second, "parked"), 1)).isNotNull();
        assertThat(TestEnvironment.post("/api/v1/runs/replays", Json.object()).status())
                .isEqualTo(422);
    }

    @Test
    void anUnsentEffectTakesTheEditedInput() {
        var fixture = new FlowFixture(BOOKING);
        injectFault("google", "events.list", "500", 3);
        String id = fixture.startAndAwait("parked").path("id").asString();
        var other = new FlowFixture(BOOKING);
        var edited = Json.object()
                .set(
                        "input",
                        fixture.input().put("slot", other.caller().path("slot").asString()));

        assertThat(preview(id, edited)).containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        postAccepted(id, "replay", edited);

        awaitStatus(id, "completed");
        assertEverythingOnce(fixture, id);
    }

    @Test
    void aBookingOfAnEarlierPassIsCompensated() {
        var fixture = new FlowFixture(
                BOOKING.replace("minutes: 30 }", "minutes: 30 }\n      metadata: { compensate: calendar.cancel }"));
        injectFault("twilio", "messages.create", "500", 3);
        injectFault("twilio", "messages.create", "429", 3);
        String id = awaitStatus(fixture.start(fixture.input().put("from", fixture.phone())), "parked")
                .path("id")
                .asString();
        assertThat(countBookings(id)).isEqualTo(1);
        FlowFixture.removeFaults();
        TestEnvironment.post("/api/v1/runs/" + id + "/replay", UNCHANGED);
        postAccepted(id, "cancel", Json.object().put("reason", "no longer wanted"));

        var run = awaitStatus(id, "cancelled");

        assertThat(countBookings(id)).isZero();
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

        var first = fixture.startAndAwait("completed");
        var second = fixture.startAndAwait("completed");

        assertThat(fixture.countTexts()).isEqualTo(1);
        assertThat(second.at("/output/id")).isEqualTo(first.at("/output/id"));
        assertThat(second.at("/steps/0/effect/key").asString())
                .isEqualTo(first.at("/steps/0/effect/key").asString())
                .contains(first.path("clientId").asString());
    }

    @Test
    void theTimeLimitOfAFlowRestartsWithAReplay() {
        var fixture = new FlowFixture("timeout: { after: { seconds: 1 } }\n"
                + BOOKING.replaceFirst("do:\n", "do:\n  - breath: { wait: { milliseconds: 1500 } }\n"));
        var late = fixture.startAndAwait("parked");
        String id = late.path("id").asString();
        assertThat(late.at("/output/status").asInt()).isEqualTo(408);
        assertThat(late.at("/cause/sentence").asString()).contains("time limit of the flow");
        fixture.addVersion("1.0.1", BOOKING);

        postAccepted(id, "replay", Json.object().put("version", "1.0.1"));

        awaitStatus(id, "completed");
        assertEverythingOnce(fixture, id);
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

    private static void assertEverythingOnce(FlowFixture fixture, String run) {
        assertThat(fixture.countContacts()).isEqualTo(1);
        assertThat(countBookings(run)).isEqualTo(1);
        assertThat(fixture.countTexts()).isEqualTo(1);
        assertThat(PhoneCalls.held("google", "events", run)).isEqualTo(1);
    }
}
