package dev.patchbay.insights.internal;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.flows.run.StepStatus;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.insights.TimelineCall.Outcome;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Determines the outcome of one call from its newest run, or else from the functions that the agent called during the call. */
final class CallOutcome {

    static final String BOOK = "calendar.book";
    private static final String APPROVE = "person.approve";

    private final TimelineData data;
    private final Optional<RunEntry> run;

    /**
     * Determines the outcome of one call.
     *
     * @param data the data of this call only
     */
    CallOutcome(TimelineData data) {
        this.data = data;
        this.run = data.history().runs().stream()
                .max(Comparator.comparing(RunEntry::startedAt)
                        .thenComparing(entry -> entry.id().value()));
    }

    Optional<RunEntry> run() {
        return run;
    }

    /** Returns the steps of the run, oldest first. */
    List<StepEntry> steps() {
        return data.history().steps().stream()
                .filter(step -> run.isPresent() && step.runId().equals(run.get().id()))
                .sorted(Comparator.comparing(StepEntry::startedAt))
                .toList();
    }

    Optional<String> bookedTime() {
        return Stream.concat(
                        bookings(StepStatus.COMPLETED).map(step -> Optional.ofNullable(step.startLocal())),
                        invocations(InvocationOutcome.DONE).map(call -> Optional.ofNullable(call.startLocal())))
                .flatMap(Optional::stream)
                .reduce((earlier, later) -> later);
    }

    Outcome outcome() {
        if (bookings(StepStatus.COMPLETED).findAny().isPresent()
                || invocations(InvocationOutcome.DONE).findAny().isPresent()) {
            return Outcome.BOOKED;
        }
        if (bookings(StepStatus.UNDONE).findAny().isPresent()) {
            return Outcome.UNDONE;
        }
        return run.map(this::ofRun).orElseGet(this::ofEvents);
    }

    private Outcome ofRun(RunEntry entry) {
        return switch (entry.status()) {
            case RUNNING, WAITING, PAUSED -> asksPerson() ? Outcome.NEEDS_PERSON : Outcome.WORKING;
            case COMPLETED ->
                bookings(StepStatus.FAILED).findAny().isPresent() ? Outcome.NOT_BOOKED : Outcome.NO_REQUEST;
            case PARKED ->
                FailureReason.UNKNOWN_OUTCOME.code().equals(entry.causeCode())
                        ? Outcome.NEEDS_PERSON
                        : Outcome.NOT_BOOKED;
            case FAILED, CANCELLED -> Outcome.NOT_BOOKED;
        };
    }

    private boolean asksPerson() {
        return steps().stream().anyMatch(step -> APPROVE.equals(step.call()) && step.status() == StepStatus.WAITING);
    }

    private Outcome ofEvents() {
        if (data.history().invocations().stream()
                .anyMatch(call -> call.function().equals(BOOK))) {
            return Outcome.NOT_BOOKED;
        }
        List<EventStatus> statuses = data.events().stream().map(Event::status).toList();
        if (statuses.contains(EventStatus.FAILED) || statuses.contains(EventStatus.UNATTRIBUTED)) {
            return Outcome.NEEDS_PERSON;
        }
        return statuses.contains(EventStatus.READY) || statuses.contains(EventStatus.CLAIMED)
                ? Outcome.WORKING
                : Outcome.NO_REQUEST;
    }

    private Stream<StepEntry> bookings(StepStatus status) {
        return steps().stream().filter(step -> BOOK.equals(step.call()) && step.status() == status);
    }

    private Stream<InvocationEntry> invocations(InvocationOutcome outcome) {
        return data.history().invocations().stream()
                .filter(call -> call.function().equals(BOOK) && call.outcome() == outcome);
    }

    /** Returns whether the run stopped before it had done everything. */
    boolean isLeftUnfinished() {
        return run.map(RunEntry::status).filter(RunStatus.PARKED::equals).isPresent();
    }
}
