package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory.AttemptTrail;
import dev.patchbay.flows.RunHistory.EffectTrail;
import dev.patchbay.flows.RunHistory.ExchangeTrail;
import dev.patchbay.flows.RunHistory.LiveTrail;
import dev.patchbay.flows.RunHistory.RunTrail;
import dev.patchbay.flows.RunHistory.StepTrail;
import dev.patchbay.insights.Timeline.Exchange;
import dev.patchbay.insights.Timeline.Item;
import dev.patchbay.insights.Timeline.Ref;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns what was gathered into lines, in the order in which it happened. */
public final class TimelineRenderer {

    /** What an address would need to have encoded. */
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");

    private final TimelineData timelineData;
    private final Map<String, RunTrail> runs;
    private final Map<String, String> functions;
    private final Map<String, StepTrail> steps;
    private final Map<String, String> liveCorrelations;

    public TimelineRenderer(TimelineData timelineData) {
        var trail = timelineData.trail();
        this.timelineData = timelineData;
        this.runs = trail.runs().stream().collect(Collectors.toMap(RunTrail::id, Function.identity()));
        this.functions = FunctionLabels.byEffect(trail);
        this.steps = trail.steps().stream()
                .collect(Collectors.toMap(
                        step -> step.runId() + step.pointer(), Function.identity(), (one, other) -> one));
        this.liveCorrelations = trail.lives().stream()
                .collect(Collectors.toMap(
                        live -> "live:" + live.callId(), LiveTrail::correlationId, (one, other) -> one));
    }

    /**
     * A line and where it stands.
     *
     * @param place sorts as the lines do
     */
    public record Line(String place, Item item) {

        /** @param rank among what happened in the same microsecond */
        private static Line of(int rank, String id, Item item) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, item.at());
            return new Line(
                    String.format(
                            "%019d.%d.%s", micros, rank, UNSAFE.matcher(id).replaceAll("_")),
                    item);
        }
    }

    public List<Line> all() {
        var trail = timelineData.trail();
        return Stream.of(
                        timelineData.events().stream().flatMap(event -> EventRenderer.of(event).stream()),
                        trail.runs().stream().flatMap(TimelineRenderer::run),
                        trail.steps().stream().map(this::step),
                        trail.attempts().stream().map(this::attempt),
                        trail.effects().stream().map(this::effect),
                        trail.lives().stream().map(TimelineRenderer::live))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(Line::place))
                .toList();
    }

    static Line line(
            int rank,
            Instant at,
            String kind,
            String title,
            @Nullable String detail,
            String correlation,
            Ref ref,
            @Nullable String status) {
        return Line.of(rank, ref.id(), new Item(at, kind, title, detail, correlation, ref, status, null));
    }

    private static Ref runRef(String id) {
        return new Ref("run", id, "/api/v1/runs/" + id);
    }

    private static Stream<Line> run(RunTrail run) {
        String name = "Flow " + run.flow() + " " + run.version();
        var began = line(
                2,
                run.startedAt(),
                "run.started",
                name + " started",
                null,
                run.correlationId(),
                runRef(run.id()),
                null);
        if (run.endedAt() == null) {
            return Stream.of(began);
        }
        String why = run.causeSentence() == null ? "" : ": " + run.causeSentence();
        return Stream.of(
                began,
                line(
                        7,
                        run.endedAt(),
                        "run.ended",
                        name + " " + OutcomeExplanation.ending(run.status()) + why,
                        run.nextAction(),
                        run.correlationId(),
                        runRef(run.id()),
                        run.status()));
    }

    private Line step(StepTrail step) {
        String correlation = Objects.requireNonNull(runs.get(step.runId())).correlationId();
        return line(
                3,
                step.startedAt(),
                "step",
                OutcomeExplanation.of(step),
                step.name() + (step.call() == null ? "" : " calls " + step.call()),
                correlation,
                new Ref("step", step.runId() + "#" + step.pointer(), "/api/v1/runs/" + step.runId()),
                step.status());
    }

    private Line attempt(AttemptTrail attempt) {
        var step = steps.get(attempt.runId() + attempt.pointer());
        String name = step == null ? attempt.pointer() : step.name();
        String correlation = Objects.requireNonNull(runs.get(attempt.runId())).correlationId();
        var said = attempt.exchanges();
        String last = said.isEmpty() ? "nothing was sent" : told(said.getLast());
        var item = new Item(
                attempt.startedAt(),
                "attempt",
                "Attempt at " + name + ": " + last,
                attempt.outcome().startsWith("done") ? null : "outcome: " + attempt.outcome(),
                correlation,
                new Ref("step", attempt.runId() + "#" + attempt.pointer(), "/api/v1/runs/" + attempt.runId()),
                attempt.outcome().split(" ", 2)[0],
                said.stream().map(TimelineRenderer::exchange).toList());
        return Line.of(4, String.format("%019d", attempt.position()), item);
    }

    private static String told(ExchangeTrail said) {
        String asked = said.provider() + " " + said.method() + " " + said.path();
        return said.status() == null
                ? asked + " brought no answer in " + said.milliseconds() + " ms"
                : asked + " answered " + said.status() + " in " + said.milliseconds() + " ms";
    }

    private static Exchange exchange(ExchangeTrail said) {
        return new Exchange(
                said.provider(), said.method(), said.path(), said.status(), said.error(), said.milliseconds());
    }

    private Line effect(EffectTrail effect) {
        var functionLabel = FunctionLabels.deed(FunctionLabels.of(functions, effect));
        String title = switch (effect.state()) {
            case "DONE" ->
                "Settled: " + functionLabel.done() + (effect.lookedUp() ? ", as the provider said when asked" : "");
            case "FAILED" -> "Settled: " + functionLabel.noun() + " refused";
            case "UNKNOWN" ->
                "Nobody knows whether " + functionLabel.clause()
                        + (effect.parked() ? "; a person has to look" : " yet; it will be looked up");
            default -> "Not settled yet: whether " + functionLabel.clause();
        };
        String detail = effect.providerId() == null ? effect.error() : "the provider's id is " + effect.providerId();
        var run = runs.get(effect.origin());
        String correlation =
                run == null ? Objects.requireNonNull(liveCorrelations.get(effect.origin())) : run.correlationId();
        String href =
                run == null ? liveHref(effect.origin().substring("live:".length())) : "/api/v1/runs/" + effect.origin();
        return line(
                6,
                effect.settledAt() == null ? effect.createdAt() : effect.settledAt(),
                "effect",
                title,
                detail,
                correlation,
                new Ref("effect", effect.key(), href),
                effect.state());
    }

    private static String liveHref(String callId) {
        return "/api/v1/live-calls?callId=" + callId;
    }

    private static Line live(LiveTrail live) {
        String asked = switch (live.function()) {
            case "calendar.findSlots" -> "The agent asked for free times: ";
            case "calendar.hold" -> "The agent asked to hold a time: ";
            case "calendar.book" -> "The agent asked to book: ";
            default -> "The agent asked for " + live.function() + ": ";
        };
        return line(
                5,
                live.at(),
                "live.function",
                asked + live.outcome() + " in " + live.milliseconds() + " ms",
                live.said(),
                live.correlationId(),
                new Ref("live_call", live.id(), liveHref(live.callId())),
                live.outcome());
    }
}
