package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.OwnAppointments;
import dev.patchbay.effects.OwnAppointments.OwnAppointment;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Performs the functions that agents call. A function that exceeds the timeout continues without the caller. */
@Component
class LiveFunctions {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFunctions.class);
    private static final String FIND_SLOTS = "calendar.findSlots";
    private static final String HOLD = "calendar.hold";
    private static final String BOOK = "calendar.book";
    private static final String KNOWN =
            "calendar.findSlots, calendar.hold, calendar.book, calendar.find, calendar.move, calendar.cancel, calendar.release";

    private final LiveActions liveActions;
    private final AppointmentChanges changes;
    private final CallerContacts callerContacts;
    private final SlotReplies slotReplies;
    private final OwnAppointments ownAppointments;
    private final LiveSettings settings;
    private final Clock clock;

    LiveFunctions(
            LiveActions liveActions,
            AppointmentChanges changes,
            CallerContacts callerContacts,
            SlotReplies slotReplies,
            OwnAppointments ownAppointments,
            LiveSettings settings,
            Clock clock) {
        this.liveActions = liveActions;
        this.changes = changes;
        this.callerContacts = callerContacts;
        this.slotReplies = slotReplies;
        this.ownAppointments = ownAppointments;
        this.settings = settings;
        this.clock = clock;
    }

    FunctionAnswer perform(FunctionInvocation invocation, Client client) {
        var now = clock.instant();
        var request = new LiveRequest(
                invocation,
                client,
                FunctionArguments.of(invocation.input(), client, now),
                AgentReplies.of(client, now),
                System.nanoTime());
        return switch (invocation.function()) {
            case FIND_SLOTS -> findSlots(request);
            case HOLD, BOOK ->
                request.arguments()
                        .start()
                        .map(start -> makeAppointment(request, start))
                        .orElseGet(() -> request.arguments().unclearReply(request.replies()));
            case "calendar.find" -> changes.find(request);
            case "calendar.move" -> changes.move(request);
            case "calendar.cancel" -> changes.cancel(request);
            case "calendar.release" -> changes.release(request);
            default -> refuseUnknown(request);
        };
    }

    private static FunctionAnswer refuseUnknown(LiveRequest request) {
        String function = request.invocation().function();
        LOG.warn(
                "call {}: the agent called the function {}, which does not exist; it takes {}",
                request.invocation().callId(),
                function,
                KNOWN);
        return request.replies()
                .unknownFunction("There is no function " + function
                        + "; correct the address of the agent's function to one of " + KNOWN + ".");
    }

    private FunctionAnswer findSlots(LiveRequest request) {
        return request.arguments()
                .slotSearch(settings.slotMinutes())
                .map(search -> findSlots(request, search))
                .orElseGet(request.replies()::unclearTime);
    }

    private FunctionAnswer findSlots(LiveRequest request, ObjectNode search) {
        return liveActions
                .read(request, FIND_SLOTS, search, request.remaining(settings.functionTimeout()))
                .map(outcome -> slotsReply(request.replies(), outcome))
                .orElseGet(request.replies()::pendingSlots);
    }

    private static FunctionAnswer slotsReply(AgentReplies replies, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return replies.freeSlots(succeeded.value());
        }
        return outcome instanceof Outcome.Failed ? replies.unavailable(outcome) : replies.pendingSlots();
    }

    /** Holds or books an appointment. */
    private FunctionAnswer makeAppointment(LiveRequest request, OffsetDateTime start) {
        String function = request.invocation().function();
        Optional<OwnAppointment> own = findOwn(request, start);
        int minutes = request.arguments()
                .minutes()
                .or(() -> own.map(it -> (int) it.minutes()))
                .orElse(settings.slotMinutes());
        if (function.equals(HOLD) && own.filter(it -> !it.held()).isPresent()) {
            return request.replies().booked(start, request.replies().describe(own.get()));
        }
        ObjectNode input = request.arguments()
                .appointment(start, minutes, request.invocation().caller());
        if (function.equals(HOLD)) {
            input.put("holdMinutes", settings.holdMinutes());
        }
        String name = FunctionArguments.actionName(function, start, minutes, liveActions.countChanges(request));
        Optional<Outcome> performed = liveActions.perform(request, function, name, input);
        if (performed.filter(Outcome.Failed.class::isInstance).isEmpty()) {
            callerContacts.keep(request);
        }
        return performed
                .map(outcome -> appointmentReply(request, start, minutes, outcome))
                .orElseGet(() -> request.replies().pendingAppointment(start));
    }

    /** Finds the call's own appointment at that time. */
    private Optional<OwnAppointment> findOwn(LiveRequest request, OffsetDateTime start) {
        var invocation = request.invocation();
        return ownAppointments.find(invocation.tenant(), invocation.correlation()).stream()
                .filter(own -> own.slot().start().isEqual(start))
                .findFirst();
    }

    private FunctionAnswer appointmentReply(LiveRequest request, OffsetDateTime start, int minutes, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return request.invocation().function().equals(HOLD)
                    ? request.replies().held(start, succeeded.value())
                    : request.replies().booked(start, succeeded.value());
        }
        return slotReplies.refusal(request, start, minutes, outcome);
    }
}
