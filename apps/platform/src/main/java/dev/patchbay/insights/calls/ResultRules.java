package dev.patchbay.insights.calls;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.history.CallRuns.Booking;
import dev.patchbay.flows.history.CallRuns.CallRun;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.insights.calls.CallResult.DecidingRun;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides the result of a call. This is the one place that defines when a call is booked, not booked or in need of a person.
 */
final class ResultRules {

    private static final String BOOK = "calendar.book";
    private static final String MOVE = "calendar.move";
    private static final String CANCEL = "calendar.cancel";
    private static final int MAX_SENTENCE_LENGTH = 500;

    private final List<CallRun> runs;
    private final List<InvocationEntry> invocations;

    private ResultRules(List<CallRun> runs, List<InvocationEntry> invocations) {
        this.runs = runs;
        this.invocations = invocations;
    }

    /**
     * Decides the result of a call.
     *
     * @param runs the runs of the call's conversation
     * @param invocations the functions that the agent called during the call
     */
    static CallResult decide(List<CallRun> runs, List<InvocationEntry> invocations) {
        return new ResultRules(
                        runs.stream()
                                .sorted(Comparator.comparing(
                                                (CallRun run) -> run.id().value())
                                        .reversed())
                                .toList(),
                        invocations.stream()
                                .sorted(Comparator.comparing(InvocationEntry::at)
                                        .thenComparing(InvocationEntry::id)
                                        .reversed())
                                .toList())
                .decide();
    }

    private CallResult decide() {
        var booked = latest(run -> run.booking() != null);
        var liveBooking = liveBooking();
        if (booked.isPresent() || liveBooking.isPresent()) {
            return booked(booked, liveBooking);
        }
        return latest(run -> run.status() == RunStatus.PARKED)
                .or(() -> latest(ResultRules::waitsForPerson))
                .or(() -> latest(run -> isOpen(run.status())))
                .or(() -> latest(CallRun::undone))
                .or(() -> latest(run -> run.status() != RunStatus.COMPLETED))
                .or(() -> latest(run -> run.bookingFailure() != null))
                .or(() -> latest(run -> true))
                .map(this::notBooked)
                .orElseGet(this::withoutRun);
    }

    private Optional<CallRun> latest(Predicate<CallRun> condition) {
        return runs.stream().filter(condition).findFirst();
    }

    private static boolean waitsForPerson(CallRun run) {
        return run.asksPerson() && isOpen(run.status());
    }

    private static boolean isOpen(RunStatus status) {
        return status == RunStatus.RUNNING || status == RunStatus.WAITING || status == RunStatus.PAUSED;
    }

    /** Returns a booking by the agent that it did not cancel afterwards. */
    private Optional<InvocationEntry> liveBooking() {
        return lastCalendarChange().filter(change -> !change.function().equals(CANCEL));
    }

    private Optional<InvocationEntry> lastCalendarChange() {
        return invocations.stream()
                .filter(call -> call.outcome() == InvocationOutcome.DONE)
                .filter(call -> List.of(BOOK, MOVE, CANCEL).contains(call.function()))
                .findFirst();
    }

    private CallResult booked(Optional<CallRun> booked, Optional<InvocationEntry> liveBooking) {
        var attention = latest(run -> run.status() == RunStatus.PARKED).or(() -> latest(ResultRules::waitsForPerson));
        var stopped = attention.or(() -> latest(run -> run.causeCode() != null && !isOpen(run.status())));
        var booking = booked.map(CallRun::booking);
        return new CallResult(
                CallOutcome.BOOKED,
                stopped.map(CallRun::causeCode).orElse(null),
                attention.isPresent(),
                stopped.map(CallRun::causeSentence).map(ResultRules::cut).orElse(null),
                runs.stream()
                        .flatMap(run -> run.failedCalls().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                booking.map(Booking::start).orElse(null),
                booking.map(Booking::startLocal)
                        .or(() -> liveBooking.map(InvocationEntry::startLocal))
                        .orElse(null),
                contactId(),
                attention
                        .or(() -> booked)
                        .or(() -> latest(run -> true))
                        .map(ResultRules::deciding)
                        .orElse(null),
                !invocations.isEmpty());
    }

    private CallResult notBooked(CallRun run) {
        String reason =
                run.causeCode() == null && run.status() == RunStatus.COMPLETED ? run.bookingFailure() : run.causeCode();
        return result(outcome(run), reason, run);
    }

    private static CallOutcome outcome(CallRun run) {
        if (waitsForPerson(run)) {
            return CallOutcome.NEEDS_PERSON;
        }
        return switch (run.status()) {
            case RUNNING, WAITING, PAUSED -> CallOutcome.WORKING;
            case PARKED ->
                FailureReason.UNKNOWN_OUTCOME.code().equals(run.causeCode())
                        ? CallOutcome.NEEDS_PERSON
                        : CallOutcome.NOT_BOOKED;
            case COMPLETED -> completed(run);
            case FAILED, CANCELLED -> run.undone() ? CallOutcome.UNDONE : CallOutcome.NOT_BOOKED;
        };
    }

    private static CallOutcome completed(CallRun run) {
        if (run.undone()) {
            return CallOutcome.UNDONE;
        }
        return run.bookingFailure() == null ? CallOutcome.NO_REQUEST : CallOutcome.NOT_BOOKED;
    }

    private CallResult result(CallOutcome outcome, @Nullable String reason, CallRun run) {
        return new CallResult(
                outcome,
                reason,
                run.status() == RunStatus.PARKED || outcome == CallOutcome.NEEDS_PERSON,
                Optional.ofNullable(run.causeSentence()).map(ResultRules::cut).orElse(null),
                List.of(),
                null,
                null,
                contactId(),
                deciding(run),
                !invocations.isEmpty());
    }

    private CallResult withoutRun() {
        var outcome = lastCalendarChange().isPresent()
                ? CallOutcome.UNDONE
                : invocations.stream()
                        .filter(call -> call.function().equals(BOOK))
                        .findFirst()
                        .map(call -> afterLiveAttempt(call.outcome()))
                        .orElse(CallOutcome.NO_REQUEST);
        String reason = outcome == CallOutcome.NOT_BOOKED ? liveReason() : null;
        return new CallResult(
                outcome,
                reason,
                outcome == CallOutcome.NEEDS_PERSON,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                !invocations.isEmpty());
    }

    private static CallOutcome afterLiveAttempt(InvocationOutcome outcome) {
        return switch (outcome) {
            case UNKNOWN -> CallOutcome.NEEDS_PERSON;
            case PENDING -> CallOutcome.WORKING;
            case DONE, TAKEN, EXPIRED, UNCLEAR, FAILED -> CallOutcome.NOT_BOOKED;
        };
    }

    private String liveReason() {
        boolean refused = invocations.stream()
                .filter(call -> call.function().equals(BOOK))
                .findFirst()
                .filter(call -> call.outcome() != InvocationOutcome.FAILED)
                .isPresent();
        return (refused ? FailureReason.NO_SLOT : FailureReason.PROVIDER_DOWN).code();
    }

    private @Nullable String contactId() {
        return runs.stream()
                .map(CallRun::contactId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static DecidingRun deciding(CallRun run) {
        return new DecidingRun(run.id().value(), run.status().code(), run.flow(), run.version());
    }

    private static String cut(String text) {
        return text.length() <= MAX_SENTENCE_LENGTH ? text : text.substring(0, MAX_SENTENCE_LENGTH - 1) + "…";
    }
}
