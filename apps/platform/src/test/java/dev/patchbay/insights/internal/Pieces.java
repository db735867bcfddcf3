package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory.AttemptTrail;
import dev.patchbay.flows.RunHistory.EffectTrail;
import dev.patchbay.flows.RunHistory.LiveTrail;
import dev.patchbay.flows.RunHistory.RunTrail;
import dev.patchbay.flows.RunHistory.StepTrail;
import dev.patchbay.flows.RunHistory.Trail;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a story is put together from in tests; each piece a second after the one before. */
final class Pieces {

    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private final List<Event> events = new ArrayList<>();
    private final List<RunTrail> runs = new ArrayList<>();
    private final List<StepTrail> steps = new ArrayList<>();
    private final List<AttemptTrail> attempts = new ArrayList<>();
    private final List<EffectTrail> effects = new ArrayList<>();
    private final List<LiveTrail> lives = new ArrayList<>();
    private int second;

    private Instant now() {
        return START.plusSeconds(second++);
    }

    Pieces event(String type, EventStatus status, JsonNode data, @Nullable String causedBy, Event.Origin origin) {
        var at = now();
        events.add(new Event(
                new EventId("evt_" + second),
                new TenantId("tnt_demo"),
                Optional.empty(),
                new ConnectionId("con_retell"),
                type,
                "/connections/con_retell",
                "subject",
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

    Pieces event(String type, EventStatus status) {
        return event(type, status, Json.object(), null, Event.Origin.WEBHOOK);
    }

    Pieces run(String id, String status, @Nullable String sentence, @Nullable String nextAction) {
        return run(id, "cor_1", status, sentence, nextAction);
    }

    Pieces run(String id, String correlation, String status, @Nullable String sentence, @Nullable String nextAction) {
        var at = now();
        boolean open = status.equals("running") || status.equals("waiting");
        runs.add(new RunTrail(
                id,
                "book",
                "1.0.0",
                status,
                correlation,
                null,
                sentence,
                nextAction,
                at,
                open ? null : at.plusSeconds(60)));
        return this;
    }

    Pieces step(String run, String name, @Nullable String call, String status, @Nullable String detail) {
        return step(run, name, call, status, detail, null, null);
    }

    Pieces step(
            String run,
            String name,
            @Nullable String call,
            String status,
            @Nullable String detail,
            @Nullable String reason,
            @Nullable String spoken) {
        var at = now();
        steps.add(new StepTrail(
                run, "/do/" + name, name, call, status, run + "/" + name + "/0/0", detail, reason, spoken, at, at));
        return this;
    }

    Pieces attempt(AttemptTrail attempt) {
        attempts.add(attempt);
        return this;
    }

    Pieces effect(EffectTrail effect) {
        effects.add(effect);
        return this;
    }

    Pieces live(String function, String outcome, @Nullable String spoken) {
        lives.add(new LiveTrail("liv_" + second, "call_1", function, "cor_1", outcome, "said", spoken, 5, now()));
        return this;
    }

    TimelineData gathered() {
        return new TimelineData(List.of("cor_1"), true, events, new Trail(runs, steps, attempts, effects, lives));
    }
}
