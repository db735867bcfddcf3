package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One sentence that a person understands, whatever has happened. */
class OutcomeExplanationTests {

    @Test
    void whatWasDoneIsSaidOfARunThatBooked() {
        assertThat(why(new Pieces()
                        .run("run_1", "completed", null, null)
                        .step("run_1", "contact", "crm.upsertContact", "completed", null)
                        .step("run_1", "note", null, "completed", null)
                        .step("run_1", "booking", "calendar.book", "completed", null, null, "Tue 24 Nov, 10:30")
                        .step("run_1", "confirm", "messaging.sendSms", "skipped", null)))
                .isEqualTo("Booked for Tue 24 Nov, 10:30: contact kept in the CRM, appointment booked.");
    }

    @Test
    void theNewestRunFromOutsideAnswers() {
        assertThat(why(new Pieces()
                        .run("run_1", "failed", "An older one.", null)
                        .run("run_2", "cor_2", "failed", "The newest from outside.", null)
                        .run("run_3", "cor_echo", "failed", "An echo.", null)
                        .event("crm.contact.created", EventStatus.DONE, Json.object(), "run_2", Event.Origin.WEBHOOK)))
                .isEqualTo("Not booked: The newest from outside.");
    }

    @Test
    void aRunThatStoppedSaysItsCauseAndTheNextAction() {
        assertThat(why(new Pieces().run("run_1", "parked", "Tue 24 Nov, 10:30 is taken.", "Offer another time.")))
                .isEqualTo("Not booked: Tue 24 Nov, 10:30 is taken. Next: Offer another time.");
        assertThat(why(new Pieces().run("run_1", "failed", "No slot", null))).isEqualTo("Not booked: No slot.");
        assertThat(why(new Pieces().run("run_1", "cancelled", null, null)))
                .isEqualTo("Not booked: nobody wrote down why.");
        assertThat(why(new Pieces().run("run_1", "cancelled", "", null)))
                .isEqualTo("Not booked: nobody wrote down why.");
    }

    @Test
    void aRunThatBookedAndThenStoppedSaysBoth() {
        assertThat(why(new Pieces()
                        .run("run_1", "parked", "The carrier is down.", "Replay the run.")
                        .step("run_1", "booking", "calendar.book", "completed", null)))
                .isEqualTo(
                        "Booked, but the flow book stopped and waits for a person: The carrier is down. Next: Replay the run.");
    }

    @Test
    void aRunThatDidNotTryToBookSaysWhatItDidInstead() {
        assertThat(why(new Pieces().run("run_1", "completed", null, null)))
                .isEqualTo("The flow book completed without booking: it made no outward call.");
        assertThat(why(new Pieces()
                        .run("run_1", "completed", null, null)
                        .step("run_1", "contact", "crm.upsertContact", "completed", null)
                        .step("run_1", "booking", "calendar.book", "skipped", null)))
                .isEqualTo(
                        "The flow book completed without booking: contact kept in the CRM; skipped, because their conditions"
                                + " did not hold: booking.");
    }

    @Test
    void aRefusalThatTheFlowHandledIsSaid() {
        assertThat(why(new Pieces()
                        .run("run_1", "completed", null, null)
                        .step("run_1", "look", "calendar.findSlots", "failed", "Away.", "provider_down", null)
                        .step("run_1", "booking", "calendar.book", "failed", "It is taken.", "no_slot", null)))
                .isEqualTo(
                        "The flow book completed without booking: booking refused: It is taken. The flow handled it.");
    }

    @Test
    void aRunUnderWaySaysWhereItIs() {
        assertThat(why(new Pieces().run("run_1", "running", null, null)))
                .isEqualTo("Not booked yet; the flow book is under way: it has just begun.");
        assertThat(why(new Pieces()
                        .run("run_1", "waiting", null, null)
                        .step("run_1", "booking", "calendar.book", "waiting", "Google answered 500.")))
                .isEqualTo("Not booked yet; the flow book is under way: booking waits: Google answered 500.");
        assertThat(why(new Pieces()
                        .run("run_1", "running", null, null)
                        .step("run_1", "booking", "calendar.book", "completed", null)
                        .step("run_1", "pause", null, "running", null)))
                .isEqualTo("Booked; the flow book is under way: step pause is under way.");
    }

    @Test
    void aBookingDuringTheCallNeedsNoRun() {
        assertThat(why(new Pieces()
                        .live("calendar.findSlots", "done", null)
                        .live("calendar.book", "taken", null)
                        .live("calendar.book", "done", "Tue 24 Nov, 10:30")))
                .isEqualTo("Booked during the call for Tue 24 Nov, 10:30.");
        assertThat(why(new Pieces().live("calendar.book", "done", null))).isEqualTo("Booked during the call.");
    }

    @ParameterizedTest
    @CsvSource({
        "UNATTRIBUTED, nobody said whose agent",
        "READY, still being handed on",
        "CLAIMED, still being handed on",
        "FAILED, could not be handed to the flows",
        "DONE, no active flow of this client is triggered",
    })
    void whereNoFlowRanTheEventSaysWhy(EventStatus status, String said) {
        assertThat(why(new Pieces().event("voice.call.analyzed", status))).contains(said);
    }

    @Test
    void nothingIsKnownOfNothing() {
        assertThat(why(new Pieces())).startsWith("Nothing is known of this here");
    }

    private static String why(Pieces pieces) {
        return new OutcomeExplanation(pieces.gathered()).sentence();
    }
}
