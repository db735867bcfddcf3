package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.internal.calendar.CalendarRequest.Kind;
import dev.patchbay.effects.internal.calendar.Reservation.Standing;
import dev.patchbay.effects.internal.ledger.EffectObserver;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Messages;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Decides which call or run gets a time of a calendar. Each method runs in its caller's transaction: reserving joins the
 * transaction that claims the effect, everything else the one that settles it, so that the ledger and the reservations never
 * disagree.
 */
@Component
class Reservations implements EffectObserver {

    /** If a person moves an appointment right after it was made, the move is noticed a minute later. */
    private static final Duration DOUBTFUL_AFTER = Duration.ofMinutes(1);
    /** This is longer than the windows, settle times and repeats of an effect whose outcome can be found out. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private final ReservationRepository repository;

    Reservations(ReservationRepository repository) {
        this.repository = repository;
    }

    /**
     * Waits for other transactions that reserve in this calendar. The lock comes before the effect's claim, so that no two
     * deadlock.
     */
    void lock(Lane lane) {
        repository.lock(lane);
    }

    /** Reserves the time that the request asks for, in a {@link #lock locked} lane. */
    ReservationResult reserve(Lane lane, CalendarRequest request, CalendarRules rules) {
        Optional<Reservation> own = findOwn(lane, request).flatMap(it -> repository.lock(lane, it));
        if (own.filter(it -> it.isUnderWayFor(request.key())).isPresent()) {
            return new ReservationResult.UnderWay(own.orElseThrow().changedFor().compareTo(STUCK_AFTER) > 0);
        }
        if (request.slot().isEmpty()) {
            own.ifPresent(it -> repository.beginCancellation(lane, it, request.key()));
            return new ReservationResult.Reserved();
        }
        Slot slot = request.slot().get();
        Optional<Booking> bookedBefore = own.flatMap(Reservation::standing)
                .filter(it -> isAnswer(request, it))
                .map(it -> booking(request, it));
        if (bookedBefore.isPresent()) {
            return new ReservationResult.BookedBefore(bookedBefore.get());
        }
        return take(lane, request, rules.withBuffers(slot), own.filter(it -> mayChange(request, it)));
    }

    /** Returns the reservation that this effect makes, that it names, or that its call has at this time. */
    private Optional<Reservation> findOwn(Lane lane, CalendarRequest request) {
        return repository
                .findByAct(lane.tenant(), request.key())
                .or(() -> request.appointment().flatMap(id -> repository.findByAppointment(lane, id)))
                .or(() -> request.slot()
                        .filter(slot -> request.kind() != Kind.MOVE)
                        .flatMap(slot -> repository.findOverlapping(lane, slot).stream()
                                .filter(it -> it.owner().equals(request.owner()))
                                .findFirst()));
    }

    /**
     * Says whether the standing appointment already answers the request. A flow accepts the appointment that the call agreed
     * on; a caller may ask for another length.
     */
    private static boolean isAnswer(CalendarRequest request, Standing standing) {
        Slot slot = request.slot().orElseThrow();
        return request.kind() == Kind.BOOK
                && standing.isBooked()
                && standing.slot().start().isEqual(slot.start())
                && (!request.isLive() || standing.slot().end().isEqual(slot.end()));
    }

    /**
     * Says whether the request may change the reservation. Any request changes a hold of its owner; only a move, or the caller
     * on the phone, changes a booking.
     */
    private static boolean mayChange(CalendarRequest request, Reservation own) {
        return own.act().isPresent()
                || request.kind() == Kind.MOVE
                || own.isHeld()
                || (request.kind() == Kind.BOOK && request.isLive());
    }

    private ReservationResult take(Lane lane, CalendarRequest request, Slot span, Optional<Reservation> own) {
        Optional<Integer> seat =
                repository.findSeat(lane, span, own).or(() -> new SeatPlan(repository, lane).makeRoom(span, own));
        if (seat.isEmpty()) {
            List<Reservation> others = repository.findOverlapping(lane, span).stream()
                    .filter(it -> own.filter(mine -> mine.id().equals(it.id())).isEmpty())
                    .toList();
            return new ReservationResult.Taken(
                    takenSentence(lane, request, others),
                    others.stream()
                            .filter(it -> it.mayHaveMovedOn(DOUBTFUL_AFTER))
                            .toList());
        }
        own.ifPresentOrElse(
                it -> repository.extend(lane, it, request.key(), span, seat.get()),
                () -> repository.add(lane, request, span, seat.get()));
        return new ReservationResult.Reserved();
    }

    private static String takenSentence(Lane lane, CalendarRequest request, List<Reservation> others) {
        var action = request.action();
        boolean own = others.stream().anyMatch(it -> it.owner().equals(request.owner()));
        return new SlotSentence(lane.title(), action.zone(), action.locale())
                .of(
                        request.slot().orElseThrow().start(),
                        own ? "overlaps another appointment of the same call." : "is taken.");
    }

    private static Booking booking(CalendarRequest request, Standing standing) {
        var zone = request.action().zone();
        var start = standing.slot().start().atZoneSameInstant(zone).toOffsetDateTime();
        var format = new AppointmentTimeFormat(Messages.in(request.action().locale()), zone);
        return new Booking(
                standing.eventId(),
                start,
                standing.slot().end().atZoneSameInstant(zone).toOffsetDateTime(),
                format.write(start),
                null);
    }

    /** Returns the hold or booking that the effect is changing at the provider. */
    Optional<Reservation> findByAct(TenantId tenant, String key) {
        return repository.findByAct(tenant, key);
    }

    /** Finds the reservations that block any part of the slot. */
    List<Reservation> findOverlapping(Lane lane, Slot slot) {
        return repository.findOverlapping(lane, slot);
    }

    /**
     * Corrects a reservation whose event people moved or removed. If they moved it onto the time of another reservation, only
     * the provider's calendar shows both.
     *
     * @param standing the present time of the event; empty when it is gone
     */
    void correct(Lane lane, CalendarRules rules, Reservation reservation, Optional<Slot> standing) {
        lock(lane);
        Optional<Slot> span = standing.map(rules::withBuffers);
        Optional<Integer> seat = span.flatMap(it -> repository.findSeatInsteadOf(lane, it, reservation));
        if (seat.isPresent()) {
            repository.relocate(lane, reservation, standing.orElseThrow(), span.orElseThrow(), seat.get());
        } else {
            repository.deleteUnchanged(lane, reservation);
        }
    }

    @Override
    public void onDone(EffectKey key, JsonNode response) {
        repository.confirm(key.tenant(), key.text(), response);
        repository.deleteCancelled(key.tenant(), key.text());
    }

    @Override
    public void onNotDone(EffectKey key) {
        repository.restore(key.tenant(), key.text());
    }
}
