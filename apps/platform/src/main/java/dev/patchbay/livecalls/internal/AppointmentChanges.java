package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.OwnAppointments;
import dev.patchbay.effects.OwnAppointments.OwnAppointment;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.FoundAppointments;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Looks up, moves and cancels the appointments of the person on the phone: those that the call made, and those that were made
 * for the caller's number. An agent can reach no other appointments.
 */
@Component
class AppointmentChanges {

    private static final String CANCEL = "calendar.cancel";
    private static final String MOVE = "calendar.move";

    private final LiveActions liveActions;
    private final OwnAppointments ownAppointments;
    private final SlotReplies slotReplies;
    private final LiveSettings settings;
    private final Clock clock;

    AppointmentChanges(
            LiveActions liveActions,
            OwnAppointments ownAppointments,
            SlotReplies slotReplies,
            LiveSettings settings,
            Clock clock) {
        this.liveActions = liveActions;
        this.ownAppointments = ownAppointments;
        this.slotReplies = slotReplies;
        this.settings = settings;
        this.clock = clock;
    }

    /** Holds the caller's appointments, or the answer for the agent when they cannot be read now. */
    private record Candidates(List<OwnAppointment> appointments, Optional<FunctionAnswer> failure) {}

    FunctionAnswer find(LiveRequest request) {
        Candidates candidates = findCandidates(request);
        return candidates.failure().orElseGet(() -> request.replies().appointments(booked(candidates)));
    }

    private static List<OwnAppointment> booked(Candidates candidates) {
        return candidates.appointments().stream().filter(it -> !it.held()).toList();
    }

    FunctionAnswer cancel(LiveRequest request) {
        return choose(request, findCandidates(request), request.arguments().chosenStart())
                .resolve(appointment -> cancel(request, appointment));
    }

    /** Releases the holds of the call. */
    FunctionAnswer release(LiveRequest request) {
        List<OwnAppointment> held =
                findOwn(request).stream().filter(OwnAppointment::held).toList();
        return choose(
                        request,
                        new Candidates(held, Optional.empty()),
                        request.arguments().chosenStart())
                .resolve(appointment -> cancel(request, appointment));
    }

    private FunctionAnswer cancel(LiveRequest request, OwnAppointment appointment) {
        var start = appointment.slot().start();
        return liveActions
                .perform(
                        request,
                        CANCEL,
                        CANCEL + ":" + FunctionArguments.digest(appointment.id()),
                        Json.object().put("id", appointment.id()))
                .map(outcome -> outcome instanceof Outcome.Succeeded succeeded
                        ? request.replies().cancelled(start, succeeded.value(), appointment.held())
                        : request.replies().unavailable(outcome))
                .orElseGet(() -> request.replies().pendingChange());
    }

    FunctionAnswer move(LiveRequest request) {
        if (!request.arguments().hasNewStart()) {
            return request.arguments().unclearReply(request.replies());
        }
        return choose(request, findCandidates(request), request.arguments().presentStart())
                .resolve(appointment -> request.arguments()
                        .newStart(appointment.slot().start())
                        .map(to -> move(request, appointment, to))
                        .orElseGet(() -> request.arguments().unclearReply(request.replies())));
    }

    private FunctionAnswer move(LiveRequest request, OwnAppointment appointment, OffsetDateTime start) {
        int minutes = request.arguments().minutes().orElse((int) appointment.minutes());
        JsonNode input = Json.object()
                .put("id", appointment.id())
                .put("start", start.toString())
                .put("minutes", minutes);
        String name = MOVE + ":"
                + FunctionArguments.digest(appointment.id() + start.toInstant() + "/" + minutes) + "-"
                + liveActions.countChanges(request);
        return liveActions
                .perform(request, MOVE, name, input)
                .map(outcome -> outcome instanceof Outcome.Succeeded succeeded
                        ? request.replies().moved(start, succeeded.value())
                        : slotReplies.refusal(request, start, minutes, outcome))
                .orElseGet(() -> request.replies().pendingChange());
    }

    private interface OnAppointment {
        FunctionAnswer perform(OwnAppointment appointment);
    }

    private record Choice(Optional<OwnAppointment> appointment, FunctionAnswer otherwise) {

        FunctionAnswer resolve(OnAppointment work) {
            return appointment.map(work::perform).orElse(otherwise);
        }
    }

    /**
     * Chooses the appointment that the agent names by its id or its time, or the only one there is. A time that cannot be read
     * chooses nothing, because it may mean another appointment than the only one.
     */
    private static Choice choose(
            LiveRequest request, Candidates candidates, Optional<Predicate<OffsetDateTime>> start) {
        if (candidates.failure().isPresent()) {
            return new Choice(Optional.empty(), candidates.failure().get());
        }
        if (start.isEmpty()) {
            return new Choice(
                    Optional.empty(),
                    candidates.appointments().isEmpty()
                            ? request.replies().noAppointment()
                            : request.replies().severalAppointments(candidates.appointments()));
        }
        Optional<String> id = request.arguments().appointmentId();
        List<OwnAppointment> matches = candidates.appointments().stream()
                .filter(it -> id.map(it.id()::equals).orElse(true))
                .filter(it -> start.get().test(it.slot().start()))
                .toList();
        return matches.size() == 1
                ? new Choice(Optional.of(matches.getFirst()), request.replies().noAppointment())
                : new Choice(
                        Optional.empty(),
                        matches.isEmpty()
                                ? request.replies().noAppointment()
                                : request.replies().severalAppointments(matches));
    }

    private List<OwnAppointment> findOwn(LiveRequest request) {
        var invocation = request.invocation();
        return ownAppointments.find(invocation.tenant(), invocation.correlation()).stream()
                .filter(it -> it.slot().end().toInstant().isAfter(clock.instant()))
                .toList();
    }

    private Candidates findCandidates(LiveRequest request) {
        Map<String, OwnAppointment> byId = new LinkedHashMap<>();
        findOwn(request).forEach(it -> byId.put(it.id(), it));
        Optional<PhoneNumber> caller = request.invocation().caller();
        if (caller.isPresent()) {
            JsonNode search = Json.object()
                    .put("contact", caller.get().e164())
                    .put("phone", caller.get().e164());
            Optional<Outcome> outcome =
                    liveActions.read(request, "calendar.find", search, request.remaining(settings.functionTimeout()));
            if (!(outcome.orElse(null) instanceof Outcome.Succeeded succeeded)) {
                return new Candidates(
                        List.of(),
                        Optional.of(outcome.filter(Outcome.Failed.class::isInstance)
                                .map(request.replies()::unavailable)
                                .orElseGet(request.replies()::pendingSlots)));
            }
            Json.read(succeeded.value(), FoundAppointments.class)
                    .appointments()
                    .forEach(it -> byId.putIfAbsent(it.id(), appointment(it)));
        }
        return new Candidates(
                byId.values().stream()
                        .sorted(Comparator.comparing(it -> it.slot().start()))
                        .toList(),
                Optional.empty());
    }

    private static OwnAppointment appointment(Booking booking) {
        return new OwnAppointment(booking.id(), new Slot(booking.start(), booking.end()), false);
    }
}
