package dev.patchbay.insights.internal;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.history.RunHistory.AttemptEntry;
import dev.patchbay.flows.history.RunHistory.ExchangeEntry;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;
import dev.patchbay.flows.run.AttemptResult;
import dev.patchbay.insights.Timeline.Exchange;
import dev.patchbay.insights.Timeline.Item;
import dev.patchbay.insights.Timeline.Ref;
import dev.patchbay.insights.internal.FunctionLabels.FunctionLabel;
import dev.patchbay.insights.internal.TimelineRow.Rank;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a timeline's data as rows, in order of time. */
final class TimelineRenderer {

    private static final String RUNS = "/api/v1/runs/";

    private final TimelineData data;
    private final Map<EffectOrigin, CorrelationId> correlations = new HashMap<>();
    private final Map<String, String> functionsByEffect;
    private final Map<String, StepEntry> steps;

    public TimelineRenderer(TimelineData data) {
        var history = data.history();
        this.data = data;
        history.runs().forEach(run -> correlations.put(new EffectOrigin.Run(run.id()), run.correlation()));
        history.invocations()
                .forEach(call -> correlations.put(new EffectOrigin.LiveCall(call.callId()), call.correlation()));
        this.functionsByEffect = FunctionLabels.functionsByEffect(history);
        this.steps = history.steps().stream()
                .collect(Collectors.toMap(
                        step -> stepKey(step.runId(), step.pointer()), Function.identity(), (first, again) -> first));
    }

    private static String stepKey(RunId run, String pointer) {
        return run.value() + pointer;
    }

    public List<TimelineRow> render() {
        var history = data.history();
        return Stream.of(
                        data.events().stream().flatMap(event -> EventRenderer.render(event).stream()),
                        history.runs().stream().flatMap(TimelineRenderer::renderRun),
                        history.steps().stream().map(this::renderStep),
                        history.attempts().stream().map(this::renderAttempt),
                        history.effects().stream().map(this::renderEffect),
                        history.invocations().stream().map(TimelineRenderer::renderInvocation),
                        history.misses().stream().map(TimelineRenderer::renderMiss))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(TimelineRow::sortKey))
                .toList();
    }

    private static String runHref(RunId run) {
        return RUNS + run.value();
    }

    private static String liveHref(String callId) {
        return "/api/v1/live-calls?callId=" + callId;
    }

    private CorrelationId correlationOf(RunId run) {
        return Objects.requireNonNull(correlations.get(new EffectOrigin.Run(run)));
    }

    private static Stream<TimelineRow> renderRun(RunEntry run) {
        String flow = "Flow " + run.flow() + " " + run.version();
        var ref = new Ref("run", run.id().value(), runHref(run.id()));
        var start = TimelineRow.of(
                Rank.RUN_STARTED,
                run.startedAt(),
                "run.started",
                flow + " started",
                null,
                run.correlation(),
                ref,
                null);
        if (run.endedAt() == null) {
            return Stream.of(start);
        }
        String reason = run.causeSentence() == null ? "" : ": " + run.causeSentence();
        var end = TimelineRow.of(
                Rank.RUN_ENDED,
                run.endedAt(),
                "run.ended",
                flow + " " + RunSentences.ofEnd(run.status()) + reason,
                run.nextAction(),
                run.correlation(),
                ref,
                run.status().code());
        return Stream.of(start, end);
    }

    private static Ref stepRef(RunId run, String pointer) {
        return new Ref("step", run.value() + "#" + pointer, runHref(run));
    }

    private TimelineRow renderStep(StepEntry step) {
        return TimelineRow.of(
                Rank.STEP,
                step.startedAt(),
                "step",
                RunSentences.ofStep(step),
                step.name() + (step.call() == null ? "" : " calls " + step.call()),
                correlationOf(step.runId()),
                stepRef(step.runId(), step.pointer()),
                step.status().code());
    }

    private TimelineRow renderAttempt(AttemptEntry attempt) {
        var step = steps.get(stepKey(attempt.runId(), attempt.pointer()));
        String name = step == null ? attempt.pointer() : step.name();
        var exchanges = attempt.exchanges();
        var result = AttemptResult.parse(attempt.outcome());
        var item = new Item(
                attempt.startedAt(),
                "attempt",
                "Attempt at " + name + ": "
                        + (exchanges.isEmpty() ? "no request was sent" : describe(exchanges.getLast())),
                RunSentences.ofAttempt(result),
                correlationOf(attempt.runId()).value(),
                stepRef(attempt.runId(), attempt.pointer()),
                result.outcome().code(),
                exchanges.stream().map(TimelineRenderer::exchange).toList());
        return TimelineRow.of(Rank.ATTEMPT, String.format("%019d", attempt.position()), item);
    }

    private static String describe(ExchangeEntry exchange) {
        String request = exchange.provider() + " " + exchange.method() + " " + exchange.path();
        return exchange.status() == null
                ? request + " got no response in " + exchange.milliseconds() + " ms"
                : request + " answered " + exchange.status() + " in " + exchange.milliseconds() + " ms";
    }

    private static Exchange exchange(ExchangeEntry entry) {
        return new Exchange(
                entry.provider(), entry.method(), entry.path(), entry.status(), entry.error(), entry.milliseconds());
    }

    private TimelineRow renderEffect(EffectStatus effect) {
        var label = FunctionLabels.labelOf(FunctionLabels.functionOf(functionsByEffect, effect));
        return TimelineRow.of(
                Rank.EFFECT,
                effect.settledAt() == null ? effect.createdAt() : effect.settledAt(),
                "effect",
                effectTitle(effect, label),
                effect.providerId() == null ? effect.error() : "provider id " + effect.providerId(),
                Objects.requireNonNull(correlations.get(effect.origin())),
                new Ref("effect", effect.key(), href(effect.origin())),
                effect.state().name());
    }

    private static String href(EffectOrigin origin) {
        return origin instanceof EffectOrigin.LiveCall call ? liveHref(call.callId()) : RUNS + origin.text();
    }

    private static String effectTitle(EffectStatus effect, FunctionLabel label) {
        return switch (effect.state()) {
            case DONE ->
                "Outcome settled: " + label.completed() + (effect.lookedUp() ? " (looked up at the provider)" : "");
            case FAILED -> "Outcome settled: " + label.noun() + " refused";
            case UNKNOWN ->
                "Outcome unknown: "
                        + (effect.parked() ? "a person must check" : "Patchbay will look up") + " whether "
                        + label.clause();
            case PLANNED -> "Outcome not known yet: the provider has not confirmed whether " + label.clause();
        };
    }

    private static TimelineRow renderMiss(TriggerMissEntry miss) {
        return TimelineRow.of(
                Rank.RUN_STARTED,
                miss.at(),
                "trigger.missed",
                "Flow " + miss.flow() + " " + miss.version() + " did not start",
                TriggerMissSentences.of(miss),
                miss.correlation(),
                new Ref(
                        "event",
                        miss.eventId().value(),
                        "/api/v1/events/" + miss.eventId().value()),
                miss.failed() ? "failed" : "false");
    }

    private static TimelineRow renderInvocation(InvocationEntry call) {
        String request = switch (call.function()) {
            case "calendar.findSlots" -> "The agent asked for free times: ";
            case "calendar.hold" -> "The agent asked to hold a time: ";
            case "calendar.book" -> "The agent asked to book: ";
            case "calendar.find" -> "The agent looked for the caller's appointments: ";
            case "calendar.move" -> "The agent asked to move an appointment: ";
            case "calendar.cancel" -> "The agent asked to cancel an appointment: ";
            case "calendar.release" -> "The agent asked to release a held time: ";
            default -> "The agent asked for " + call.function() + ": ";
        };
        return TimelineRow.of(
                Rank.INVOCATION,
                call.at(),
                "live.function",
                request + call.outcome().code() + " in " + call.milliseconds() + " ms",
                call.reply(),
                call.correlation(),
                new Ref("live_call", call.id(), liveHref(call.callId())),
                call.outcome().code());
    }
}
