package dev.patchbay.flows.internal.live;

import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.act.Holds;
import dev.patchbay.flows.internal.act.Notes;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.live.Invocations.Line;
import dev.patchbay.iam.Client;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out what an agent asks for, inside a budget: what takes longer goes on without the caller. */
@Component
class LiveFunctions {

    private static final Duration LEFT_FOR_ALTERNATIVES = Duration.ofSeconds(1);
    private static final int DAYS_OF_ALTERNATIVES = 3;

    private final Acts acts;
    private final LiveActs liveActs;
    private final LiveActRows rows;
    private final Holds holds;
    private final LiveTrace trace;
    private final Background background;
    private final LiveSettings settings;
    private final Clock clock;

    LiveFunctions(
            Acts acts,
            LiveActs liveActs,
            LiveActRows rows,
            Holds holds,
            LiveTrace trace,
            Background background,
            LiveSettings settings,
            Clock clock) {
        this.acts = acts;
        this.liveActs = liveActs;
        this.rows = rows;
        this.holds = holds;
        this.trace = trace;
        this.background = background;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is asked, by whom, since when. */
    private record Asked(Line line, Client client, Wish wish, long startedNanos) {

        Duration left(Duration budget) {
            return budget.minusNanos(System.nanoTime() - startedNanos);
        }
    }

    FunctionAnswer perform(Line line, Client client) {
        var asked = new Asked(line, client, new Wish(line.input(), client.zone()), System.nanoTime());
        return switch (line.function()) {
            case "calendar.findSlots" -> findSlots(asked);
            case "calendar.hold", "calendar.book" ->
                asked.wish().start().map(start -> appointment(asked, start)).orElseGet(Phrases::unclear);
            default -> Phrases.unavailable();
        };
    }

    private FunctionAnswer findSlots(Asked asked) {
        ObjectNode search = asked.wish()
                .search(clock.instant().atZone(asked.client().zone()).toOffsetDateTime(), settings.slotMinutes());
        return read(asked, search, asked.left(settings.functionBudget()))
                .map(outcome -> found(asked, outcome))
                .orElseGet(Phrases::slow);
    }

    private static FunctionAnswer found(Asked asked, Outcome outcome) {
        if (outcome instanceof Outcome.Done done) {
            return Phrases.free(done.value(), asked.client().zone());
        }
        return outcome instanceof Outcome.GaveUp ? Phrases.unavailable() : Phrases.slow();
    }

    private Optional<Outcome> read(Asked asked, JsonNode search, Duration budget) {
        Acting question = acting(asked, "calendar.findSlots", "calendar.findSlots", search, settings.functionBudget());
        return Background.within(
                background.start(() -> acts.attempt(question, 1, false, Notes.from(clock.instant()))), budget);
    }

    private FunctionAnswer appointment(Asked asked, OffsetDateTime start) {
        Line line = asked.line();
        Optional<Holds.Held> held = holds.of(line.tenant(), asked.client().id(), origin(line), start.toInstant());
        int minutes =
                asked.wish().minutes().or(() -> held.map(Holds.Held::minutes)).orElse(settings.slotMinutes());
        ObjectNode input = asked.wish().appointment(start, minutes, line.caller());
        if (line.function().equals("calendar.hold")) {
            input.put("holdMinutes", settings.holdMinutes());
        } else {
            held.filter(hold -> hold.minutes() == minutes).ifPresent(hold -> input.put("hold", hold.id()));
        }
        String task = Wish.task(line.function(), start, minutes);
        Acting act = rows.open(acting(asked, line.function(), task, input, settings.actWindow()));
        var carried = liveActs.carry(act);
        return Background.within(carried, asked.left(settings.functionBudget()))
                .flatMap(outcome -> settled(asked, start, minutes, outcome))
                .orElseGet(() -> {
                    trace.follow(carried, line);
                    return Phrases.pending(start, asked.client().zone());
                });
    }

    /** What the agent says of it; empty while it is not settled. */
    private Optional<FunctionAnswer> settled(Asked asked, OffsetDateTime start, int minutes, Outcome outcome) {
        var zone = asked.client().zone();
        if (outcome instanceof Outcome.Done done) {
            return Optional.of(
                    asked.line().function().equals("calendar.hold")
                            ? Phrases.held(start, zone, done.value(), clock.instant())
                            : Phrases.booked(start, zone, done.value()));
        }
        return Optional.of(outcome)
                .filter(Outcome.GaveUp.class::isInstance)
                .map(gaveUp -> ((Outcome.GaveUp) gaveUp).reason())
                .map(reason -> switch (reason) {
                    case NO_SLOT -> Phrases.taken(start, zone, alternatives(asked, start, minutes));
                    // Whether it was done is for a person to find out.
                    case UNKNOWN_OUTCOME -> Phrases.pending(start, zone);
                    default -> Phrases.unavailable();
                });
    }

    /** Free times from that day on, when they can be had in the time that is left. */
    private Optional<JsonNode> alternatives(Asked asked, OffsetDateTime start, int minutes) {
        Instant now = clock.instant();
        OffsetDateTime from = start.toInstant().isBefore(now)
                ? now.atZone(asked.client().zone()).toOffsetDateTime()
                : start;
        ObjectNode search = Json.object()
                .put("from", from.toString())
                .put("to", from.plusDays(DAYS_OF_ALTERNATIVES).toString())
                .put("minutes", minutes);
        return read(asked, search, asked.left(settings.functionBudget().plus(LEFT_FOR_ALTERNATIVES)))
                .filter(Outcome.Done.class::isInstance)
                .map(outcome -> ((Outcome.Done) outcome).value());
    }

    private static String origin(Line line) {
        return "live:" + line.callId();
    }

    private static Acting acting(Asked asked, String function, String task, JsonNode input, Duration window) {
        Line line = asked.line();
        return new Acting(
                asked.client().id(),
                asked.client().zone(),
                line.correlation(),
                new EffectKey(line.tenant(), origin(line), task, 0),
                function,
                PortFunction.named(function),
                input,
                window);
    }
}
