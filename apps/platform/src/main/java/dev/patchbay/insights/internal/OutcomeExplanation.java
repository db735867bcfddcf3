package dev.patchbay.insights.internal;

import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.flows.run.StepStatus;
import dev.patchbay.ingress.Event;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains in one sentence why a call did not book and what to do next, or what was done. */
final class OutcomeExplanation {

    private static final String BOOK = "calendar.book";

    private final TimelineData data;

    public OutcomeExplanation(TimelineData data) {
        this.data = data;
    }

    /** Explains the newest run that an event from outside started; where no flow ran, the live call or the event. */
    public String explain() {
        return data.history().runs().stream()
                .max(Comparator.comparing(this::isOutermost)
                        .thenComparing(RunEntry::startedAt)
                        .thenComparing(run -> run.id().value()))
                .map(this::explainRun)
                .orElseGet(this::explainWithoutRun);
    }

    /** A run that an effect of ours started explains less than the run before it. */
    private boolean isOutermost(RunEntry run) {
        return data.events().stream()
                .filter(event -> event.cause().isPresent())
                .noneMatch(event -> event.correlation().equals(run.correlation()));
    }

    private String explainRun(RunEntry run) {
        List<StepEntry> steps = data.history().steps().stream()
                .filter(step -> step.runId().equals(run.id()))
                .sorted(Comparator.comparing(StepEntry::startedAt))
                .toList();
        Optional<StepEntry> booking = steps.stream()
                .filter(step -> BOOK.equals(step.call()) && isCompleted(step))
                .reduce((first, second) -> second);
        return switch (run.status()) {
            case COMPLETED ->
                booking.map(step -> "Booked" + RunSentences.appointmentTime(step) + ": " + completedCalls(steps) + ".")
                        .orElseGet(() -> explainCompletionWithoutBooking(run, steps));
            case RUNNING, WAITING, PAUSED -> explainUnfinished(run, steps, booking.isPresent());
            case FAILED, CANCELLED, PARKED ->
                (booking.isPresent()
                                ? "Booked, but the flow " + run.flow() + " " + RunSentences.ofEnd(run.status())
                                : "Not booked")
                        + ": " + sentence(run.causeSentence())
                        + (run.nextAction() == null ? "" : " Next: " + run.nextAction());
        };
    }

    private static boolean isCompleted(StepEntry step) {
        return step.status() == StepStatus.COMPLETED;
    }

    private static String completedCalls(List<StepEntry> steps) {
        return steps.stream()
                .filter(step -> step.call() != null && isCompleted(step))
                .map(step -> lowerFirst(
                        FunctionLabels.labelOf(String.valueOf(step.call())).completed()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String explainCompletionWithoutBooking(RunEntry run, List<StepEntry> steps) {
        String flow = "The flow " + run.flow() + " completed without booking: ";
        return steps.stream()
                .filter(step -> step.status() == StepStatus.FAILED && BOOK.equals(step.call()))
                .findFirst()
                .map(step -> flow + lowerFirst(RunSentences.ofStep(step)) + " The flow handled the failure.")
                .orElseGet(() -> {
                    String skipped = steps.stream()
                            .filter(step -> step.status() == StepStatus.SKIPPED)
                            .map(StepEntry::name)
                            .collect(Collectors.joining(", "));
                    String calls = completedCalls(steps);
                    return flow
                            + (calls.isEmpty() ? "it called no provider" : calls)
                            + (skipped.isEmpty()
                                    ? "."
                                    : "; steps skipped because their conditions were false: " + skipped + ".");
                });
    }

    private static String explainUnfinished(RunEntry run, List<StepEntry> steps, boolean booked) {
        String progress =
                steps.isEmpty() ? "no step has started." : lowerFirst(sentence(RunSentences.ofStep(steps.getLast())));
        return (booked ? "Booked; the flow " : "Not booked yet; the flow ")
                + run.flow()
                + (run.status() == RunStatus.PAUSED ? " is paused: " : " has not finished: ")
                + progress;
    }

    private String explainWithoutRun() {
        Optional<InvocationEntry> booking = data.history().invocations().stream()
                .filter(call -> call.function().equals(BOOK) && call.outcome() == InvocationOutcome.DONE)
                .max(Comparator.comparing(InvocationEntry::at));
        return booking.map(call -> "Booked during the call"
                        + (call.startLocal() == null ? "." : " for " + call.startLocal() + "."))
                .orElseGet(() -> data.events().stream()
                        .max(Comparator.comparing(Event::receivedAt))
                        .map(this::explainEvent)
                        .orElse("No event, run or live call matches this search."));
    }

    private String explainEvent(Event event) {
        return switch (event.status()) {
            case UNATTRIBUTED ->
                "No flow ran: the agent, number or location of this event belongs to no client. Next: Map it to a client;"
                        + " then the event is processed.";
            case READY, CLAIMED -> "No flow has run yet: the event " + event.type() + " is waiting for its dispatch.";
            case FAILED ->
                "No flow ran: the dispatch of the event " + event.type()
                        + " failed. Next: Search the log for its correlation id, then replay the event.";
            case DONE -> explainDispatched(event);
        };
    }

    private String explainDispatched(Event event) {
        return data.history().misses().stream()
                .filter(miss -> miss.eventId().equals(event.id()))
                .max(Comparator.comparing(TriggerMissEntry::failed).thenComparing(TriggerMissEntry::at))
                .map(miss -> "No flow ran: " + TriggerMissSentences.of(miss)
                        + " Next: Check the trigger, and what the agent recorded during the call.")
                .orElseGet(() -> "No flow ran: no trigger of this client's active flows matches the event "
                        + event.type() + ". Next: Check the triggers, and what the agent recorded during the call.");
    }

    private static String sentence(@Nullable String text) {
        String words = text == null || text.isEmpty() ? "no reason was recorded" : text;
        return words.endsWith(".") ? words : words + ".";
    }

    private static String lowerFirst(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
