package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Runs of the release before end, wait, and are replayed, approved and settled. */
interface UpgradedRunTests extends UpgradedState {

    @Test
    default void completedRunStaysAsItWas() {
        var run = platform().run("completed");

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(steps(run, 0)).containsExactly("contact completed", "booking completed", "confirm completed");
        vendors().assertOneOfEach("completed");
    }

    @Test
    default void replayedRunKeepsBothPasses() {
        var run = platform().run("replayed");

        assertThat(run.path("status").asString()).isEqualTo("completed");
        assertThat(steps(run, 0)).containsExactly("contact completed", "booking failed");
        assertThat(steps(run, 1)).containsExactly("contact completed", "booking completed", "confirm completed");
        vendors().assertOneOfEach("replayed");
    }

    @Test
    default void aWaitThatElapsedMeanwhileEndsAndTheRunContinues() {
        var run = platform().runIn("waitDue", "completed");

        assertThat(steps(run, 0)).containsExactly("contact completed", "later completed", "confirm completed");
        assertThat(vendors().contacts("waitDue")).isEqualTo(1);
        assertThat(vendors().texts("waitDue")).isEqualTo(1);
    }

    @Test
    default void waitThatHasNotElapsedIsNotCutShort() {
        platform().runIn("waitDue", "completed");

        var run = platform().run("waitLater");
        assertThat(run.path("status").asString()).isEqualTo("waiting");
        assertThat(run.hasNonNull("wakesAt")).isTrue();
        assertThat(vendors().texts("waitLater")).isZero();
    }

    @Test
    default void approvalThatWasAskedForCanBeGiven() {
        assertThat(platform().run("approval").path("status").asString()).isEqualTo("waiting");
        assertThat(vendors().bookings("approval")).isZero();

        platform()
                .accepted(
                        "approval",
                        "approve",
                        Json.object().put("step", "asked").put("reason", "the morning is free"));

        var run = platform().runIn("approval", "completed");
        assertThat(steps(run, 0))
                .containsExactly("contact completed", "asked completed", "booking completed", "confirm completed");
        vendors().assertOneOfEach("approval");
    }

    @Test
    default void runParkedByAnOutageIsReplayed() {
        var parked = platform().run("outage");
        assertThat(parked.path("status").asString()).isEqualTo("parked");
        assertThat(parked.at("/cause/code").asString()).isEqualTo("provider_down");

        platform().accepted("outage", "replay", Json.object());

        platform().runIn("outage", "completed");
        vendors().assertOneOfEach("outage");
    }

    @Test
    default void runParkedByAnUnknownOutcomeIsReplayedAndBooksOnce() {
        var parked = platform().run("unknown");
        assertThat(parked.path("status").asString()).isEqualTo("parked");
        assertThat(parked.at("/cause/code").asString()).isEqualTo("unknown_outcome");
        assertThat(vendors().bookings("unknown")).as("the calendar did it").isEqualTo(1);

        platform().accepted("unknown", "replay", Json.object());

        var run = platform().runIn("unknown", "completed");
        assertThat(steps(run, 1)).containsExactly("contact completed", "booking completed", "confirm completed");
        vendors().assertOneOfEach("unknown");
    }

    @Test
    default void aReplayOfACompletedRunWouldRepeatWhatIsNamedOnly() {
        var options = Json.object();
        options.putArray("repeat").add("confirm");

        var preview =
                platform().post("/api/v1/runs/" + fixture().about("/runs/completed") + "/replay?preview=true", options);

        assertThat(preview.status()).as(preview.text()).isEqualTo(200);
        assertThat(preview.json()
                        .path("steps")
                        .valueStream()
                        .map(step -> step.path("task").asString() + " "
                                + step.path("fate").asString()))
                .as(preview.text())
                .containsExactly("contact reused", "booking reused", "confirm runs");
    }

    @Test
    default void stepThatWaitsForAPersonIsSettled() {
        assertThat(platform().run("settle").path("status").asString()).isEqualTo("parked");
        var found = Json.object().put("done", true);
        found.putObject("output").put("id", "SM_found").put("status", "delivered");

        platform().accepted("settle", "steps/confirm/settle", found);

        platform().runIn("settle", "completed");
        assertThat(vendors().texts("settle")).isEqualTo(1);
    }

    @Test
    default void bookingThatTheCalendarCarriedOutAfterTheKillIsFoundAndNotRepeated() {
        platform().runIn("carriedOut", "completed");

        vendors().assertOneOfEach("carriedOut");
    }

    @Test
    default void bookingThatNeverReachedTheCalendarIsMade() {
        platform().runIn("neverSent", "completed");

        vendors().assertOneOfEach("neverSent");
    }

    private static List<String> steps(JsonNode run, int pass) {
        return run.path("steps")
                .valueStream()
                .filter(step -> step.path("pass").asInt() == pass)
                .map(step ->
                        step.path("name").asString() + " " + step.path("status").asString())
                .toList();
    }
}
