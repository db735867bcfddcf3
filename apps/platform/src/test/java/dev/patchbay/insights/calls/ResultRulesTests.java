package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flows.history.CallRuns.Booking;
import dev.patchbay.flows.history.CallRuns.CallRun;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs and live functions say about a call. */
class ResultRulesTests {

    private static final CorrelationId CORRELATION = CorrelationId.ofConversation("retell", "call_1");
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final Booking BOOKING = new Booking("2026-12-01T10:00:00Z", "Tue, Dec 1, 10:00 AM");

    /** @param marks any of booked, undone, asks, refused */
    private static CallRun run(int number, RunStatus status, @Nullable String cause, String... marks) {
        List<String> facts = Arrays.asList(marks);
        return new CallRun(
                new RunId("run_" + number),
                CORRELATION,
                "book",
                "1.0.0",
                status,
                cause,
                cause == null ? null : "Because of " + cause + ".",
                NOW,
                facts.contains("booked") ? BOOKING : null,
                facts.contains("undone"),
                facts.contains("asks"),
                facts.contains("refused") ? "no_slot" : null,
                facts.contains("textFailed") ? List.of("messaging.sendSms") : List.of(),
                facts.contains("contact") ? "contact-" + number : null);
    }

    private static InvocationEntry live(int second, String function, InvocationOutcome outcome) {
        return new InvocationEntry(
                "liv_" + second,
                "call_1",
                function,
                CORRELATION,
                outcome,
                null,
                "Tue, Dec 1, 10:00 AM",
                5,
                NOW.plusSeconds(second));
    }

    private static CallResult decide(CallRun... runs) {
        return ResultRules.decide(List.of(runs), List.of());
    }

    private static CallResult decideLive(InvocationEntry... invocations) {
        return ResultRules.decide(List.of(), List.of(invocations));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "COMPLETED, -, booked, BOOKED, -, false",
                "RUNNING, -, booked, BOOKED, -, false",
                "PARKED, auth_expired, booked, BOOKED, auth_expired, true",
                "FAILED, raised, booked, BOOKED, raised, false",
                "WAITING, -, asks, NEEDS_PERSON, -, true",
                "PAUSED, -, asks, NEEDS_PERSON, -, true",
                "COMPLETED, -, asks, NO_REQUEST, -, false",
                "PARKED, unknown_outcome, -, NEEDS_PERSON, unknown_outcome, true",
                "PARKED, no_slot, -, NOT_BOOKED, no_slot, true",
                "RUNNING, -, -, WORKING, -, false",
                "WAITING, -, undone, WORKING, -, false",
                "COMPLETED, -, undone, UNDONE, -, false",
                "CANCELLED, cancelled, undone, UNDONE, cancelled, false",
                "FAILED, raised, -, NOT_BOOKED, raised, false",
                "CANCELLED, cancelled, -, NOT_BOOKED, cancelled, false",
                "COMPLETED, -, refused, NOT_BOOKED, no_slot, false",
                "COMPLETED, -, -, NO_REQUEST, -, false",
            })
    void oneRunDecides(
            RunStatus status,
            @Nullable String cause,
            @Nullable String mark,
            CallOutcome outcome,
            @Nullable String reason,
            boolean needsPerson) {
        var result = decide(run(1, status, cause, Objects.requireNonNullElse(mark, "")));

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.needsPerson()).isEqualTo(needsPerson);
        assertThat(Objects.requireNonNull(result.run()).status()).isEqualTo(status.code());
    }

    @Test
    void theRunThatNeedsAPersonDecidesOverThoseThatDoNot() {
        var parked = run(1, RunStatus.PARKED, "provider_down");
        var completed = run(2, RunStatus.COMPLETED, null, "contact");
        var booked = run(3, RunStatus.COMPLETED, null, "booked", "textFailed");

        assertThat(Objects.requireNonNull(decide(completed, parked).run()).id()).isEqualTo("run_1");
        assertThat(decide(completed, parked).contactId()).isEqualTo("contact-2");
        var both = decide(booked, parked);
        assertThat(both.outcome()).isEqualTo(CallOutcome.BOOKED);
        assertThat(both.needsPerson()).isTrue();
        assertThat(both.reason()).isEqualTo("provider_down");
        assertThat(both.failedCalls()).containsExactly("messaging.sendSms");
        assertThat(both.bookedLocal()).isEqualTo("Tue, Dec 1, 10:00 AM");
        assertThat(decide(parked, booked)).isEqualTo(both);
        assertThat(Objects.requireNonNull(decide(booked, run(4, RunStatus.WAITING, null, "asks"))
                                .run())
                        .id())
                .isEqualTo("run_4");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "DONE, BOOKED, -",
                "TAKEN, NOT_BOOKED, no_slot",
                "EXPIRED, NOT_BOOKED, no_slot",
                "UNCLEAR, NOT_BOOKED, no_slot",
                "FAILED, NOT_BOOKED, provider_down",
                "UNKNOWN, NEEDS_PERSON, -",
                "PENDING, WORKING, -",
            })
    void aCallWithoutARunFollowsItsLiveBooking(InvocationOutcome live, CallOutcome outcome, @Nullable String reason) {
        var result = decideLive(live(1, "calendar.book", live));

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.needsPerson()).isEqualTo(outcome == CallOutcome.NEEDS_PERSON);
        assertThat(result.live()).isTrue();
    }

    @Test
    void theLastChangeOfTheCalendarCountsDuringACall() {
        var book = live(1, "calendar.book", InvocationOutcome.DONE);
        var cancel = live(2, "calendar.cancel", InvocationOutcome.DONE);
        var move = live(3, "calendar.move", InvocationOutcome.DONE);

        assertThat(decideLive(book, cancel).outcome()).isEqualTo(CallOutcome.UNDONE);
        assertThat(decideLive(cancel, book, move).outcome()).isEqualTo(CallOutcome.BOOKED);
        assertThat(decideLive(move).bookedLocal()).isEqualTo("Tue, Dec 1, 10:00 AM");
        assertThat(decideLive(live(1, "calendar.findSlots", InvocationOutcome.DONE))
                        .outcome())
                .isEqualTo(CallOutcome.NO_REQUEST);
        assertThat(decideLive().live()).isFalse();
        var besideARun = ResultRules.decide(List.of(run(1, RunStatus.COMPLETED, null)), List.of(book));
        assertThat(besideARun.outcome()).isEqualTo(CallOutcome.BOOKED);
        assertThat(besideARun.live()).isTrue();
        assertThat(ResultRules.decide(List.of(run(1, RunStatus.COMPLETED, null)), List.of(cancel))
                        .live())
                .isTrue();
    }

    @Test
    void aLongSentenceIsCut() {
        var parked = new CallRun(
                new RunId("run_1"),
                CORRELATION,
                "book",
                "1.0.0",
                RunStatus.PARKED,
                "bug",
                "x".repeat(900),
                NOW,
                null,
                false,
                false,
                null,
                List.of(),
                null);

        assertThat(Objects.requireNonNull(decide(parked).sentence()))
                .hasSize(500)
                .endsWith("…");
    }
}
