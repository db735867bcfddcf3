package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory.LiveTrail;
import dev.patchbay.flows.RunHistory.RunTrail;
import dev.patchbay.flows.RunHistory.StepTrail;
import dev.patchbay.ingress.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in one sentence why a call did not book and what to do about it, or what was done. */
public final class OutcomeExplanation {

    private static final String BOOK = "calendar.book";
    private static final Set<String> REFUSALS = Set.of("no_slot", "bad_input", "auth_expired");

    private final TimelineData timelineData;

    public OutcomeExplanation(TimelineData timelineData) {
        this.timelineData = timelineData;
    }

    /** Of the newest run from outside; of the call where no flow ran. */
    public String sentence() {
        return timelineData.trail().runs().stream()
                .max(Comparator.comparing(this::isOutermost)
                        .thenComparing(RunTrail::startedAt)
                        .thenComparing(RunTrail::id))
                .map(this::ofRun)
                .orElseGet(this::withoutRun);
    }

    /** A run that an act of our own set off explains less than the one before it. */
    private boolean isOutermost(RunTrail run) {
        return timelineData.events().stream()
                .filter(event -> event.cause().isPresent())
                .noneMatch(event -> event.correlation().value().equals(run.correlationId()));
    }

    private String ofRun(RunTrail run) {
        List<StepTrail> steps = timelineData.trail().steps().stream()
                .filter(step -> step.runId().equals(run.id()))
                .sorted(Comparator.comparing(StepTrail::startedAt))
                .toList();
        Optional<StepTrail> booked = steps.stream()
                .filter(step -> BOOK.equals(step.call()) && step.status().equals("completed"))
                .reduce((first, second) -> second);
        return switch (run.status()) {
            case "completed" ->
                booked.map(step -> "Booked" + when(step) + ": " + done(steps) + ".")
                        .orElseGet(() -> notWanted(run, steps));
            case "running", "waiting" -> underWay(run, steps, booked.isPresent());
            default ->
                (booked.isPresent() ? "Booked, but the flow " + run.flow() + " " + ending(run.status()) : "Not booked")
                        + ": " + closed(run.causeSentence())
                        + (run.nextAction() == null ? "" : " Next: " + run.nextAction());
        };
    }

    private static String when(StepTrail step) {
        return step.spoken() == null ? "" : " for " + step.spoken();
    }

    private static String done(List<StepTrail> steps) {
        return steps.stream()
                .filter(step -> step.call() != null && step.status().equals("completed"))
                .map(step ->
                        lower(FunctionLabels.deed(String.valueOf(step.call())).done()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String notWanted(RunTrail run, List<StepTrail> steps) {
        String flow = "The flow " + run.flow() + " completed without booking: ";
        return steps.stream()
                .filter(step -> step.status().equals("failed") && BOOK.equals(step.call()))
                .findFirst()
                .map(step -> flow + lower(of(step)) + " The flow handled it.")
                .orElseGet(() -> {
                    String skipped = steps.stream()
                            .filter(step -> step.status().equals("skipped"))
                            .map(StepTrail::name)
                            .collect(Collectors.joining(", "));
                    String acted = done(steps);
                    return flow
                            + (acted.isEmpty() ? "it made no outward call" : acted)
                            + (skipped.isEmpty()
                                    ? "."
                                    : "; skipped, because their conditions did not hold: " + skipped + ".");
                });
    }

    private static String underWay(RunTrail run, List<StepTrail> steps, boolean booked) {
        String now = steps.isEmpty() ? "it has just begun." : lower(closed(of(steps.getLast())));
        return (booked ? "Booked; the flow " : "Not booked yet; the flow ") + run.flow() + " is under way: " + now;
    }

    private String withoutRun() {
        Optional<LiveTrail> booked = timelineData.trail().lives().stream()
                .filter(live -> live.function().equals(BOOK) && live.outcome().equals("done"))
                .max(Comparator.comparing(LiveTrail::at));
        return booked.map(live ->
                        "Booked during the call" + (live.spoken() == null ? "." : " for " + live.spoken() + "."))
                .orElseGet(() -> timelineData.events().stream()
                        .max(Comparator.comparing(Event::receivedAt))
                        .map(OutcomeExplanation::ofEvent)
                        .orElse("Nothing is known of this here: no event, run or live call matches it."));
    }

    private static String ofEvent(Event event) {
        return switch (event.status()) {
            case UNATTRIBUTED ->
                "No flow ran: nobody said whose agent, number or location it is. Next: map it, and the event goes on.";
            case READY, CLAIMED -> "No flow has run yet: the event " + event.type() + " is still being handed on.";
            case FAILED ->
                "No flow ran: the event " + event.type()
                        + " could not be handed to the flows. Next: look at the log under its correlation id, then replay the event.";
            case DONE ->
                "No flow ran: no active flow of this client is triggered by what " + event.type()
                        + " told. Next: look at the triggers, or at what the agent found out.";
        };
    }

    /** What became of a step. */
    static String of(StepTrail step) {
        String why = step.detail() == null ? "" : ": " + step.detail();
        String call = step.call();
        if (call == null) {
            return "Step " + step.name() + " " + word(step.status())
                    + (step.status().equals("completed") ? "" : why);
        }
        var functionLabel = FunctionLabels.deed(call);
        return switch (step.status()) {
            case "completed" -> functionLabel.done() + when(step);
            case "failed" ->
                functionLabel.noun()
                        + (REFUSALS.contains(String.valueOf(step.reason())) ? " refused" : " failed")
                        + why;
            default -> functionLabel.noun() + " " + word(step.status()) + why;
        };
    }

    private static String word(String status) {
        return switch (status) {
            case "completed" -> "done";
            case "skipped" -> "skipped, because its condition did not hold";
            case "waiting" -> "waits";
            case "running" -> "is under way";
            default -> status;
        };
    }

    static String ending(String status) {
        return switch (status) {
            case "parked" -> "stopped and waits for a person";
            case "cancelled" -> "was cancelled";
            default -> status;
        };
    }

    private static String closed(@org.jspecify.annotations.Nullable String sentence) {
        String said = sentence == null || sentence.isEmpty() ? "nobody wrote down why" : sentence;
        return said.endsWith(".") ? said : said + ".";
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
    }
}
