package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every outcome of a call, explained in a sentence. */
class OutcomeExplanationTests {

    @Test
    void aRunThatBookedListsItsCompletedCalls() {
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "completed", null, null)
                        .step("run_1", "contact", "crm.upsertContact", "completed", null)
                        .step("run_1", "note", null, "completed", null)
                        .step("run_1", "booking", "calendar.book", "completed", null, null, "Tue 24 Nov, 10:30")
                        .step("run_1", "confirm", "messaging.sendSms", "skipped", null)))
                .isEqualTo("Booked for Tue 24 Nov, 10:30: contact saved in the CRM, appointment booked.");
    }

    @Test
    void theNewestRunThatAnOutsideEventStartedIsExplained() {
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "failed", "An older one.", null)
                        .run("run_2", "cor_2", "failed", "The newest from outside.", null)
                        .run("run_3", "cor_echo", "failed", "An echo.", null)
                        .event("crm.contact.created", EventStatus.DONE, Json.object(), "run_2", Event.Origin.WEBHOOK)))
                .isEqualTo("Not booked: The newest from outside.");
    }

    @Test
    void aRunThatStoppedNamesItsCauseAndTheNextAction() {
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "parked", "Tue 24 Nov, 10:30 is taken.", "Offer another time.")))
                .isEqualTo("Not booked: Tue 24 Nov, 10:30 is taken. Next: Offer another time.");
        assertThat(explain(new TimelineDataFixture().run("run_1", "failed", "No slot", null)))
                .isEqualTo("Not booked: No slot.");
        assertThat(explain(new TimelineDataFixture().run("run_1", "cancelled", null, null)))
                .isEqualTo("Not booked: no reason was recorded.");
        assertThat(explain(new TimelineDataFixture().run("run_1", "cancelled", "", null)))
                .isEqualTo("Not booked: no reason was recorded.");
    }

    @Test
    void aRunThatBookedAndThenStoppedNamesBoth() {
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "parked", "The carrier is down.", "Replay the run.")
                        .step("run_1", "booking", "calendar.book", "completed", null)))
                .isEqualTo(
                        "Booked, but the flow book stopped and needs a person: The carrier is down. Next: Replay the run.");
    }

    @Test
    void aRunWithoutABookingListsItsCompletedCallsAndSkippedSteps() {
        assertThat(explain(new TimelineDataFixture().run("run_1", "completed", null, null)))
                .isEqualTo("The flow book completed without booking: it called no provider.");
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "completed", null, null)
                        .step("run_1", "contact", "crm.upsertContact", "completed", null)
                        .step("run_1", "booking", "calendar.book", "skipped", null)))
                .isEqualTo(
                        "The flow book completed without booking: contact saved in the CRM; steps skipped because their"
                                + " conditions were false: booking.");
    }

    @Test
    void aRefusedBookingThatTheFlowHandledIsNamed() {
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "completed", null, null)
                        .step("run_1", "look", "calendar.findSlots", "failed", "Away.", "provider_down", null)
                        .step("run_1", "booking", "calendar.book", "failed", "It is taken.", "no_slot", null)))
                .isEqualTo(
                        "The flow book completed without booking: booking refused: It is taken. The flow handled the failure.");
    }

    @Test
    void anUnfinishedRunNamesItsLatestStep() {
        assertThat(explain(new TimelineDataFixture().run("run_1", "running", null, null)))
                .isEqualTo("Not booked yet; the flow book has not finished: no step has started.");
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "waiting", null, null)
                        .step("run_1", "booking", "calendar.book", "waiting", "Google answered 500.")))
                .isEqualTo("Not booked yet; the flow book has not finished: booking is waiting: Google answered 500.");
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "running", null, null)
                        .step("run_1", "booking", "calendar.book", "completed", null)
                        .step("run_1", "pause", null, "running", null)))
                .isEqualTo("Booked; the flow book has not finished: step pause is in progress.");
        assertThat(explain(new TimelineDataFixture()
                        .run("run_1", "paused", null, null)
                        .step("run_1", "contact", "crm.upsertContact", "completed", null)))
                .isEqualTo("Not booked yet; the flow book is paused: contact saved in the CRM.");
    }

    @Test
    void aBookingDuringTheCallNeedsNoRun() {
        assertThat(explain(new TimelineDataFixture()
                        .invocation("calendar.findSlots", "done", null)
                        .invocation("calendar.book", "taken", null)
                        .invocation("calendar.book", "done", "Tue 24 Nov, 10:30")))
                .isEqualTo("Booked during the call for Tue 24 Nov, 10:30.");
        assertThat(explain(new TimelineDataFixture().invocation("calendar.book", "done", null)))
                .isEqualTo("Booked during the call.");
    }

    @ParameterizedTest
    @CsvSource({
        "UNATTRIBUTED, belongs to no client",
        "READY, is waiting for its dispatch",
        "CLAIMED, is waiting for its dispatch",
        "FAILED, the dispatch of the event",
        "DONE, no trigger of this client's active flows matches",
    })
    void withoutARunTheEventsStatusIsExplained(EventStatus status, String explanation) {
        assertThat(explain(new TimelineDataFixture().event("voice.call.analyzed", status)))
                .contains(explanation);
    }

    @Test
    void aSubjectWithoutDataMatchesNothing() {
        assertThat(explain(new TimelineDataFixture())).startsWith("No event, run or live call matches");
    }

    private static String explain(TimelineDataFixture fixture) {
        return new OutcomeExplanation(fixture.build()).explain();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false | .name is null. | is not true: .name is null.",
                "true  | null is no text. | could not be evaluated: null is no text.",
                "false | ''             | is not true."
            })
    void aTriggerWhoseConditionIsNotTrueIsNamed(boolean failed, String reason, String expected) {
        var data = new TimelineDataFixture()
                .event("voice.call.analyzed", EventStatus.DONE)
                .miss("${ .name == 1 }", failed, reason);

        assertThat(new OutcomeExplanation(data.build()).explain())
                .startsWith("No flow ran: the condition ${ .name == 1 } of the flow book 1.0.0 " + expected);
        assertThat(new TimelineRenderer(data.build()).render())
                .extracting(row -> row.item().title())
                .contains("Flow book 1.0.0 did not start");
    }
}
