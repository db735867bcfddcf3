package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.insights.TimelineCall;
import dev.patchbay.insights.TimelineCall.Outcome;
import dev.patchbay.kernel.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallOutcomeTests {

    private static final String ANALYZED = "voice.call.analyzed";
    private static final String BOOK = "calendar.book";

    /** Status and cause of the run, status of its booking, the function it stopped at. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "completed | -               | completed | -                 | BOOKED       | The appointment is in the calendar.",
                "parked    | provider_down   | completed | messaging.sendSms | BOOKED       | The appointment is in the calendar. The rest was not completed; your agency sees this too.",
                "completed | -               | failed    | -                 | NOT_BOOKED   | The appointment could not be booked. Call back, or wait for your agency, which sees this too.",
                "completed | -               | -         | -                 | NO_REQUEST   | The caller did not ask for an appointment.",
                "cancelled | cancelled       | undone    | -                 | UNDONE       | The appointment was booked and then cancelled.",
                "running   | -               | -         | -                 | WORKING      | The call is still being worked on.",
                "waiting   | -               | waiting   | -                 | WORKING      | The call is still being worked on.",
                "paused    | -               | -         | -                 | WORKING      | The call is still being worked on.",
                "parked    | unknown_outcome | waiting   | -                 | NEEDS_PERSON | It is not known whether the appointment was booked. Check the calendar before you call back.",
                "parked    | no_slot         | failed    | -                 | NOT_BOOKED   | The requested time was already taken. Call back, or wait for your agency, which sees this too.",
                "parked    | provider_down   | failed    | -                 | NOT_BOOKED   | The calendar could not be reached in time. Call back, or wait for your agency, which sees this too.",
                "parked    | rate_limited    | -         | crm.upsertContact | NOT_BOOKED   | The contact list could not be reached in time. Call back, or wait for your agency, which sees this too.",
                "parked    | auth_expired    | -         | messaging.sendSms | NOT_BOOKED   | The text service is no longer connected; your agency has to connect it again. Call back, or wait for your agency, which sees this too.",
                "parked    | auth_expired    | -         | -                 | NOT_BOOKED   | The booking system is no longer connected; your agency has to connect it again. Call back, or wait for your agency, which sees this too.",
                "parked    | bad_input       | -         | -                 | NOT_BOOKED   | What the caller said could not be turned into an appointment. Call back, or wait for your agency, which sees this too.",
                "parked    | opted_out       | -         | -                 | NOT_BOOKED   | The caller does not want to get texts. Call back, or wait for your agency, which sees this too.",
                "failed    | raised          | -         | -                 | NOT_BOOKED   | The booking ended without an appointment, as it is set up. Call back, or wait for your agency, which sees this too.",
                "failed    | rejected        | -         | -                 | NOT_BOOKED   | Somebody declined the appointment. Call back, or wait for your agency, which sees this too.",
                "cancelled | cancelled       | -         | -                 | NOT_BOOKED   | Somebody stopped the booking. Call back, or wait for your agency, which sees this too.",
                "parked    | bug             | -         | -                 | NOT_BOOKED   | The appointment could not be booked. Call back, or wait for your agency, which sees this too.",
            })
    void theNewestRunDecides(
            String status,
            @Nullable String cause,
            @Nullable String booking,
            @Nullable String failedAt,
            Outcome outcome,
            String forClient) {
        var data = new TimelineDataFixture()
                .event(ANALYZED, EventStatus.DONE)
                .run("run_0", "failed", "Before.", null)
                .stoppedRun("run_1", status, cause);
        if (booking != null) {
            data.step("run_1", "booking", BOOK, booking, null, null, booking.equals("completed") ? "Mon 9" : null);
        }
        if (failedAt != null) {
            data.step("run_1", "other", failedAt, "failed", null);
        }

        var call = onlyCall(data);

        assertThat(call.outcome()).isEqualTo(outcome);
        assertThat(call.forClient()).isEqualTo(forClient);
        assertThat(call.booked()).isEqualTo(outcome == Outcome.BOOKED ? "Mon 9" : null);
        assertThat(call.runId()).hasToString("run_1");
    }

    @Test
    void aBookingWithItsTextIsSaidToTheClient() {
        var data = new TimelineDataFixture()
                .event(ANALYZED, EventStatus.DONE)
                .stoppedRun("run_1", "completed", null)
                .step("run_1", "contact", "crm.upsertContact", "completed", null)
                .step("run_1", "booking", BOOK, "completed", null, null, null)
                .step("run_1", "text", "messaging.sendSms", "completed", null);

        assertThat(onlyCall(data).forClient())
                .isEqualTo("The appointment is in the calendar. The caller got a confirmation text.");
    }

    @Test
    void aQuestionWaitsForAPerson() {
        var data = new TimelineDataFixture()
                .event(ANALYZED, EventStatus.DONE)
                .stoppedRun("run_1", "waiting", null)
                .step("run_1", "contact", "crm.upsertContact", "completed", null)
                .step("run_1", "wait", null, "completed", null)
                .step("run_1", "ask", "person.approve", "waiting", null);

        var call = onlyCall(data);

        assertThat(call.outcome()).isEqualTo(Outcome.NEEDS_PERSON);
        assertThat(call.forClient())
                .isEqualTo("Somebody has to decide before the appointment is booked. The contact was saved.");
    }

    @ParameterizedTest
    @CsvSource({
        "UNATTRIBUTED, NEEDS_PERSON",
        "FAILED, NEEDS_PERSON",
        "READY, WORKING",
        "CLAIMED, WORKING",
        "DONE, NO_REQUEST",
    })
    void withoutARunTheEventDecides(EventStatus status, Outcome outcome) {
        assertThat(onlyCall(new TimelineDataFixture().event(ANALYZED, status)).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"done, BOOKED", "failed, NOT_BOOKED"})
    void aBookingDuringTheCallCounts(String result, Outcome outcome) {
        var data = new TimelineDataFixture()
                .event("voice.call.ended", EventStatus.DONE, "call_1")
                .invocation("calendar.findSlots", "done", null)
                .invocation(BOOK, result, "done".equals(result) ? "Mon 9" : null);

        assertThat(onlyCall(data).outcome()).isEqualTo(outcome);
        assertThat(onlyCall(data).booked()).isEqualTo("done".equals(result) ? "Mon 9" : null);
    }

    @Test
    void aCallOfWhichLittleIsKnownHasItsEventsTime() {
        var call = onlyCall(new TimelineDataFixture()
                .event("crm.contact.created", EventStatus.DONE)
                .event(
                        "voice.call.started",
                        EventStatus.DONE,
                        Json.read("{\"call\": {\"person\": {\"name\": \"Ada\"}, \"cost\": {\"amount\": \"0.07\"}}}"),
                        null,
                        Event.Origin.WEBHOOK));

        assertThat(call.at()).isEqualTo(TimelineDataFixture.START.plusSeconds(1));
        assertThat(call.name()).isEqualTo("Ada");
        assertThat(call.cost()).isEqualTo(new TimelineCall.Cost("0.07", "USD"));
        assertThat(call.seconds()).isNull();
        assertThat(call.client()).isNull();
        assertThat(call.from()).isNull();
    }

    @Test
    void aCallThatBeganWithoutAnEndHasItsBeginning() {
        var call = onlyCall(new TimelineDataFixture()
                .event(
                        "voice.call.started",
                        EventStatus.DONE,
                        Json.read("{\"call\": {\"startedAt\": \"2026-11-24T09:00:00Z\", \"durationSeconds\": 12}}"),
                        null,
                        Event.Origin.WEBHOOK));

        assertThat(call.at()).isEqualTo("2026-11-24T09:00:00Z");
        assertThat(call.seconds()).isEqualTo(12);
    }

    private static TimelineCall onlyCall(TimelineDataFixture data) {
        var calls = new CallRenderer(data.build(), id -> Optional.empty()).render();
        assertThat(calls).hasSize(1);
        return calls.getFirst();
    }
}
