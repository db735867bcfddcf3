package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.CalendarHolds;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.flows.internal.live.InvocationRepository.Line;
import dev.patchbay.iam.tenants.Client;
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

    private final Actions actions;
    private final LiveActionExecutor liveActionExecutor;
    private final LiveActionRepository rows;
    private final CalendarHolds calendarHolds;
    private final InvocationRecorder trace;
    private final AsyncWork asyncWork;
    private final LiveSettings settings;
    private final Clock clock;

    LiveFunctions(
            Actions actions,
            LiveActionExecutor liveActionExecutor,
            LiveActionRepository rows,
            CalendarHolds calendarHolds,
            InvocationRecorder trace,
            AsyncWork asyncWork,
            LiveSettings settings,
            Clock clock) {
        this.actions = actions;
        this.liveActionExecutor = liveActionExecutor;
        this.rows = rows;
        this.calendarHolds = calendarHolds;
        this.trace = trace;
        this.asyncWork = asyncWork;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is asked, by whom, since when. */
    private record Asked(Line line, Client client, FunctionArguments wish, long startedNanos) {

        Duration left(Duration budget) {
            return budget.minusNanos(System.nanoTime() - startedNanos);
        }
    }

    FunctionAnswer perform(Line line, Client client) {
        var asked = new Asked(line, client, new FunctionArguments(line.input(), client.zone()), System.nanoTime());
        return switch (line.function()) {
            case "calendar.findSlots" -> findSlots(asked);
            case "calendar.hold", "calendar.book" ->
                asked.wish().start().map(start -> appointment(asked, start)).orElseGet(AgentReplies::unclear);
            default -> AgentReplies.unavailable();
        };
    }

    private FunctionAnswer findSlots(Asked asked) {
        ObjectNode search = asked.wish()
                .search(clock.instant().atZone(asked.client().zone()).toOffsetDateTime(), settings.slotMinutes());
        return read(asked, search, asked.left(settings.functionBudget()))
                .map(outcome -> found(asked, outcome))
                .orElseGet(AgentReplies::slow);
    }

    private static FunctionAnswer found(Asked asked, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return AgentReplies.free(succeeded.value(), asked.client().zone());
        }
        return outcome instanceof Outcome.Failed ? AgentReplies.unavailable() : AgentReplies.slow();
    }

    private Optional<Outcome> read(Asked asked, JsonNode search, Duration budget) {
        ActionRequest question =
                acting(asked, "calendar.findSlots", "calendar.findSlots", search, settings.functionBudget());
        return AsyncWork.within(
                asyncWork.start(() -> actions.attempt(question, 1, false, ExchangeLog.startingAt(clock.instant()))),
                budget);
    }

    private FunctionAnswer appointment(Asked asked, OffsetDateTime start) {
        Line line = asked.line();
        Optional<CalendarHolds.CalendarHold> held =
                calendarHolds.find(line.tenant(), asked.client().id(), origin(line), start.toInstant());
        int minutes = asked.wish()
                .minutes()
                .or(() -> held.map(CalendarHolds.CalendarHold::minutes))
                .orElse(settings.slotMinutes());
        ObjectNode input = asked.wish().appointment(start, minutes, line.caller());
        if (line.function().equals("calendar.hold")) {
            input.put("holdMinutes", settings.holdMinutes());
        } else {
            held.filter(hold -> hold.minutes() == minutes).ifPresent(hold -> input.put("hold", hold.id()));
        }
        String task = FunctionArguments.task(line.function(), start, minutes);
        ActionRequest act = rows.open(acting(asked, line.function(), task, input, settings.actWindow()));
        var carried = liveActionExecutor.carry(act);
        return AsyncWork.within(carried, asked.left(settings.functionBudget()))
                .flatMap(outcome -> settled(asked, start, minutes, outcome))
                .orElseGet(() -> {
                    trace.follow(carried, line);
                    return AgentReplies.pending(start, asked.client().zone());
                });
    }

    /** What the agent says of it; empty while it is not settled. */
    private Optional<FunctionAnswer> settled(Asked asked, OffsetDateTime start, int minutes, Outcome outcome) {
        var zone = asked.client().zone();
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return Optional.of(
                    asked.line().function().equals("calendar.hold")
                            ? AgentReplies.held(start, zone, succeeded.value(), clock.instant())
                            : AgentReplies.booked(start, zone, succeeded.value()));
        }
        return Optional.of(outcome)
                .filter(Outcome.Failed.class::isInstance)
                .map(gaveUp -> ((Outcome.Failed) gaveUp).reason())
                .map(failureReason -> switch (failureReason) {
                    case NO_SLOT -> AgentReplies.taken(start, zone, alternatives(asked, start, minutes));
                    // Whether it was done is for a person to find out.
                    case UNKNOWN_OUTCOME -> AgentReplies.pending(start, zone);
                    default -> AgentReplies.unavailable();
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
                .filter(Outcome.Succeeded.class::isInstance)
                .map(outcome -> ((Outcome.Succeeded) outcome).value());
    }

    private static EffectOrigin origin(Line line) {
        return new EffectOrigin.LiveCall(line.callId());
    }

    private static ActionRequest acting(Asked asked, String function, String task, JsonNode input, Duration window) {
        Line line = asked.line();
        return new ActionRequest(
                asked.client().id(),
                asked.client().zone(),
                line.correlation(),
                new EffectKey(line.tenant(), origin(line), task, 0),
                function,
                PortFunction.byName(function),
                input,
                window);
    }
}
