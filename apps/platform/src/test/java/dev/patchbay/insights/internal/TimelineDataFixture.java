package dev.patchbay.insights.internal;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.history.RunHistory.AttemptEntry;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.flows.run.StepStatus;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Builds the data of a timeline; each entry is a second later than the one before. */
final class TimelineDataFixture {

    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private static final CorrelationId CORRELATION = new CorrelationId("cor_1");

    private final List<Event> events = new ArrayList<>();
    private final List<RunEntry> runs = new ArrayList<>();
    private final List<StepEntry> steps = new ArrayList<>();
    private final List<AttemptEntry> attempts = new ArrayList<>();
    private final List<EffectStatus> effects = new ArrayList<>();
    private final List<InvocationEntry> invocations = new ArrayList<>();
    private final List<TriggerMissEntry> misses = new ArrayList<>();
    private int second;

    private Instant now() {
        return START.plusSeconds(second++);
    }

    TimelineDataFixture event(
            String type, EventStatus status, JsonNode data, @Nullable String causedBy, Event.Origin origin) {
        return event(type, status, data, causedBy, origin, "subject");
    }

    TimelineDataFixture event(String type, EventStatus status, String subject) {
        return event(type, status, Json.object(), null, Event.Origin.WEBHOOK, subject);
    }

    private TimelineDataFixture event(
            String type,
            EventStatus status,
            JsonNode data,
            @Nullable String causedBy,
            Event.Origin origin,
            String subject) {
        var at = now();
        events.add(new Event(
                new EventId("evt_" + second),
                new TenantId("tnt_demo"),
                Optional.empty(),
                new ConnectionId("con_retell"),
                type,
                "/connections/con_retell",
                subject,
                at,
                new CorrelationId("cor_" + (causedBy == null ? "1" : "echo")),
                Optional.empty(),
                data,
                Optional.empty(),
                origin,
                at,
                status,
                Optional.ofNullable(causedBy).map(run -> new Event.Cause(run, 1))));
        return this;
    }

    TimelineDataFixture event(String type, EventStatus status) {
        return event(type, status, Json.object(), null, Event.Origin.WEBHOOK);
    }

    /** Of the newest event. */
    TimelineDataFixture miss(String condition, boolean failed, String reason) {
        misses.add(new TriggerMissEntry(
                events.getLast().id(), "book", "1.0.0", CORRELATION, condition, failed, reason, now()));
        return this;
    }

    TimelineDataFixture run(String id, String status, @Nullable String sentence, @Nullable String nextAction) {
        return run(id, "cor_1", status, sentence, nextAction);
    }

    TimelineDataFixture stoppedRun(String id, String status, @Nullable String cause) {
        return run(id, "cor_1", status, cause, cause == null ? null : "It says why.", null);
    }

    TimelineDataFixture run(
            String id, String correlation, String status, @Nullable String sentence, @Nullable String nextAction) {
        return run(id, correlation, status, null, sentence, nextAction);
    }

    private TimelineDataFixture run(
            String id,
            String correlation,
            String status,
            @Nullable String cause,
            @Nullable String sentence,
            @Nullable String nextAction) {
        var at = now();
        boolean open = status.equals("running") || status.equals("waiting") || status.equals("paused");
        runs.add(new RunEntry(
                new RunId(id),
                "book",
                "1.0.0",
                RunStatus.of(status),
                new CorrelationId(correlation),
                cause,
                sentence,
                nextAction,
                at,
                open ? null : at.plusSeconds(60)));
        return this;
    }

    TimelineDataFixture step(String run, String name, @Nullable String call, String status, @Nullable String detail) {
        return step(run, name, call, status, detail, null, null);
    }

    TimelineDataFixture step(
            String run,
            String name,
            @Nullable String call,
            String status,
            @Nullable String detail,
            @Nullable String reason,
            @Nullable String startLocal) {
        var at = now();
        steps.add(new StepEntry(
                new RunId(run),
                "/do/" + name,
                name,
                call,
                StepStatus.of(status),
                run + "/" + name + "/0/0",
                detail,
                reason,
                startLocal,
                at,
                at));
        return this;
    }

    TimelineDataFixture attempt(AttemptEntry attempt) {
        attempts.add(attempt);
        return this;
    }

    TimelineDataFixture effect(EffectStatus effect) {
        effects.add(effect);
        return this;
    }

    TimelineDataFixture invocation(String function, String outcome, @Nullable String startLocal) {
        invocations.add(new InvocationEntry(
                "liv_" + second,
                "call_1",
                function,
                CORRELATION,
                InvocationOutcome.of(outcome),
                "reply",
                startLocal,
                5,
                now()));
        return this;
    }

    TimelineData build() {
        return new TimelineData(
                List.of(CORRELATION), true, events, new History(runs, steps, attempts, effects, invocations, misses));
    }
}
