package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.OwnAppointments;
import dev.patchbay.effects.OwnAppointments.OwnAppointment;
import dev.patchbay.effects.PortFunction;
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

/** Performs the functions that agents call. A function that exceeds the timeout continues without the caller. */
@Component
class LiveFunctions {

    private static final String FIND_SLOTS = "calendar.findSlots";
    private static final String HOLD = "calendar.hold";
    private static final String BOOK = "calendar.book";
    private static final Duration EXTRA_TIME_FOR_ALTERNATIVES = Duration.ofSeconds(1);
    private static final int ALTERNATIVES_DAYS = 3;

    private final Actions actions;
    private final LiveActionExecutor executor;
    private final LiveActionRepository repository;
    private final OwnAppointments ownAppointments;
    private final InvocationRecorder recorder;
    private final AsyncWork asyncWork;
    private final LiveSettings settings;
    private final Clock clock;

    LiveFunctions(
            Actions actions,
            LiveActionExecutor executor,
            LiveActionRepository repository,
            OwnAppointments ownAppointments,
            InvocationRecorder recorder,
            AsyncWork asyncWork,
            LiveSettings settings,
            Clock clock) {
        this.actions = actions;
        this.executor = executor;
        this.repository = repository;
        this.ownAppointments = ownAppointments;
        this.recorder = recorder;
        this.asyncWork = asyncWork;
        this.settings = settings;
        this.clock = clock;
    }

    /** An invocation with what is needed to perform it. */
    private record Request(
            FunctionInvocation invocation,
            Client client,
            FunctionArguments arguments,
            AgentReplies replies,
            long startedNanos) {

        Duration remaining(Duration timeout) {
            return timeout.minusNanos(System.nanoTime() - startedNanos);
        }
    }

    FunctionAnswer perform(FunctionInvocation invocation, Client client) {
        var request = new Request(
                invocation,
                client,
                new FunctionArguments(invocation.input(), client.zone()),
                AgentReplies.of(client, clock.instant()),
                System.nanoTime());
        return switch (invocation.function()) {
            case FIND_SLOTS -> findSlots(request);
            case HOLD, BOOK ->
                request.arguments()
                        .start()
                        .map(start -> makeAppointment(request, start))
                        .orElseGet(request.replies()::unclearTime);
            default -> request.replies().unavailable();
        };
    }

    private FunctionAnswer findSlots(Request request) {
        OffsetDateTime now = clock.instant().atZone(request.client().zone()).toOffsetDateTime();
        ObjectNode search = request.arguments().slotSearch(now, settings.slotMinutes());
        return searchSlots(request, search, request.remaining(settings.functionTimeout()))
                .map(outcome -> slotsReply(request.replies(), outcome))
                .orElseGet(request.replies()::pendingSlots);
    }

    private static FunctionAnswer slotsReply(AgentReplies replies, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return replies.freeSlots(succeeded.value());
        }
        return outcome instanceof Outcome.Failed ? replies.unavailable() : replies.pendingSlots();
    }

    private Optional<Outcome> searchSlots(Request request, JsonNode search, Duration timeout) {
        ActionRequest action = action(request, FIND_SLOTS, FIND_SLOTS, search, settings.functionTimeout());
        return AsyncWork.await(
                asyncWork.start(() -> actions.attempt(action, 1, false, ExchangeLog.startingAt(clock.instant()))),
                timeout);
    }

    /** Holds or books. */
    private FunctionAnswer makeAppointment(Request request, OffsetDateTime start) {
        var invocation = request.invocation();
        Optional<OwnAppointment> own = findOwn(invocation, start);
        int minutes = request.arguments()
                .minutes()
                .or(() -> own.map(it -> (int) it.minutes()))
                .orElse(settings.slotMinutes());
        ObjectNode input = request.arguments().appointment(start, minutes, invocation.caller());
        if (invocation.function().equals(HOLD)) {
            input.put("holdMinutes", settings.holdMinutes());
        }
        String name = FunctionArguments.actionName(invocation.function(), start, minutes);
        ActionRequest action =
                repository.open(action(request, invocation.function(), name, input, settings.attemptTimeout()));
        var execution = executor.execute(action);
        return AsyncWork.await(execution, request.remaining(settings.functionTimeout()))
                .flatMap(outcome -> appointmentReply(request, start, minutes, outcome))
                .orElseGet(() -> {
                    recorder.recordSettlement(execution, invocation);
                    return request.replies().pendingAppointment(start);
                });
    }

    /** Finds the call's own appointment at that time. */
    private Optional<OwnAppointment> findOwn(FunctionInvocation invocation, OffsetDateTime start) {
        return ownAppointments.find(invocation.tenant(), invocation.correlation()).stream()
                .filter(own -> own.slot().start().isEqual(start))
                .findFirst();
    }

    /** Empty while the outcome is not known. */
    private Optional<FunctionAnswer> appointmentReply(
            Request request, OffsetDateTime start, int minutes, Outcome outcome) {
        var replies = request.replies();
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return Optional.of(
                    request.invocation().function().equals(HOLD)
                            ? replies.held(start, succeeded.value())
                            : replies.booked(start, succeeded.value()));
        }
        return Optional.of(outcome)
                .filter(Outcome.Failed.class::isInstance)
                .map(failed -> ((Outcome.Failed) failed).reason())
                .map(reason -> switch (reason) {
                    case NO_SLOT -> replies.slotTaken(start, findAlternatives(request, start, minutes));
                    // A person has to find out whether it happened.
                    case UNKNOWN_OUTCOME -> replies.pendingAppointment(start);
                    default -> replies.unavailable();
                });
    }

    /** Free times from that day on; empty when the remaining time is too short. */
    private Optional<JsonNode> findAlternatives(Request request, OffsetDateTime start, int minutes) {
        Instant now = clock.instant();
        OffsetDateTime from = start.toInstant().isBefore(now)
                ? now.atZone(request.client().zone()).toOffsetDateTime()
                : start;
        ObjectNode search = Json.object()
                .put("from", from.toString())
                .put("to", from.plusDays(ALTERNATIVES_DAYS).toString())
                .put("minutes", minutes);
        Duration timeout = request.remaining(settings.functionTimeout().plus(EXTRA_TIME_FOR_ALTERNATIVES));
        return searchSlots(request, search, timeout)
                .filter(Outcome.Succeeded.class::isInstance)
                .map(outcome -> ((Outcome.Succeeded) outcome).value());
    }

    private static ActionRequest action(
            Request request, String function, String name, JsonNode input, Duration timeout) {
        var invocation = request.invocation();
        return new ActionRequest(
                request.client().id(),
                request.client().zone(),
                request.client().locale(),
                invocation.correlation(),
                new EffectKey(invocation.tenant(), new EffectOrigin.LiveCall(invocation.callId()), name, 0),
                function,
                PortFunction.byName(function),
                input,
                timeout);
    }
}
