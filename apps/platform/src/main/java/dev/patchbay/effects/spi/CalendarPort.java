package dev.patchbay.effects.spi;

import dev.patchbay.connections.Account;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps appointments at a provider. An adapter does what it is told: whether a time may be taken was decided before, by the
 * client's rules, our reservations and {@link #findBusy} ({@link Appointments}).
 */
public non-sealed interface CalendarPort extends Port {

    /** How operators call the provider's calendars, for example {@code Google Calendar}. */
    String title();

    /** The calendar that a binding names, as one text for every binding that means it: {@code <provider>:<id>}. */
    String calendar(Account account, JsonNode binding);

    /**
     * Lists the events that block time in the bound calendar, and in those that the binding counts as busy beside it. Cancelled, declined and
     * transparent events block none. An adapter splits a range that its provider finds too long.
     */
    PortResult<BusyTimes> findBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to);

    /** Where an appointment stands, as people may have moved or removed it; an empty standing when it is gone. */
    PortResult<Standing> findStanding(CallContext callContext, BookingId appointment);

    /** The appointments of a person that lie ahead, earliest first. */
    PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search);

    /** Books the time; a hold that the request names becomes the booking, whatever its time was. */
    PortResult<Booking> book(CallContext callContext, BookingRequest request);

    /** Asks whether an earlier {@link #book} was carried out and still stands. */
    LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request);

    /** Reserves the time tentatively; a hold that the request names becomes this one. {@link #cancel} releases it. */
    PortResult<Hold> hold(CallContext callContext, HoldRequest request);

    /** Asks whether an earlier {@link #hold} was carried out and still stands. */
    LookupResult<Hold> findHold(CallContext callContext, HoldRequest request);

    /** Moves an appointment to another time; one that is gone is refused. */
    PortResult<Booking> move(CallContext callContext, MoveRequest request);

    /** Asks whether the appointment stands on the time that an earlier {@link #move} asked for. */
    LookupResult<Booking> findMove(CallContext callContext, MoveRequest request);

    /** Cancels a booking or a hold; one that is cancelled already counts as done. */
    PortResult<Cancellation> cancel(CallContext callContext, BookingId booking);

    /** Asks whether the booking is cancelled. */
    LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking);

    /**
     * @param contact the CRM's id of the person
     * @param start ISO-8601 with offset
     * @param minutes length, 1 to 1,440
     * @param hold the id of a hold, which the booking confirms
     * @param person for whom it is, as the business reads it in its calendar
     * @param outsideHours whether the client's opening hours, notice and furthest day are set aside
     */
    record BookingRequest(
            String contact,
            OffsetDateTime start,
            int minutes,
            @Nullable String title,
            @Nullable String description,
            @Nullable String hold,
            @Nullable PersonDetails person,
            @Nullable Boolean outsideHours) {

        /** This request, to confirm that hold. */
        public BookingRequest withHold(@Nullable String eventId) {
            return new BookingRequest(contact, start, minutes, title, description, eventId, person, outsideHours);
        }
    }

    /**
     * The person of an appointment, and its subject.
     *
     * @param phone E.164 where it could be read, else as it was written
     * @param service what it is about, in a few words
     */
    record PersonDetails(
            @Nullable String name,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String service) {}

    /** @param startLocal the start in the client's time zone and locale, for example {@code Tue, Nov 24, 2:30 PM} */
    record Booking(
            String id,
            OffsetDateTime start,
            OffsetDateTime end,
            String startLocal,
            @Nullable String link) {}

    /**
     * @param contact the person it is held for: the CRM's id, or the phone number
     * @param start ISO-8601 with offset
     * @param minutes length, 1 to 1,440
     * @param holdMinutes how long it is held, 1 to 1,440; 10 by default
     * @param hold the id of a hold, which this one replaces
     */
    record HoldRequest(
            String contact,
            OffsetDateTime start,
            int minutes,
            @Nullable Integer holdMinutes,
            @Nullable String title,
            @Nullable String description,
            @Nullable String hold,
            @Nullable PersonDetails person,
            @Nullable Boolean outsideHours) {

        /** This request, to replace that hold. */
        public HoldRequest withHold(@Nullable String eventId) {
            return new HoldRequest(
                    contact, start, minutes, holdMinutes, title, description, eventId, person, outsideHours);
        }
    }

    /**
     * @param startLocal as of a {@link Booking}
     * @param heldUntil when it may be released
     */
    record Hold(String id, OffsetDateTime start, OffsetDateTime end, String startLocal, OffsetDateTime heldUntil) {}

    /**
     * @param id of the appointment
     * @param start the new start, ISO-8601 with offset
     * @param minutes the new length; as it was when absent
     * @param outsideHours as of a {@link BookingRequest}
     */
    record MoveRequest(
            String id,
            OffsetDateTime start,
            int minutes,
            @Nullable Boolean outsideHours) {}

    record BookingId(String id) {}

    record Cancellation(String id, boolean cancelled) {}

    /**
     * @param to end of the search: a found time ends by then
     * @param minutes length of the appointment, 1 to 1,440
     */
    record SlotSearch(OffsetDateTime from, OffsetDateTime to, int minutes) {}

    record Slots(List<Slot> slots) {}

    /** A time from its start up to and without its end. */
    record Slot(OffsetDateTime start, OffsetDateTime end) {

        public boolean overlaps(Slot other) {
            return start.isBefore(other.end) && other.start.isBefore(end);
        }
    }

    /**
     * The person whose appointments to find.
     *
     * @param contact as it was booked for: the CRM's id or the phone number
     * @param phone E.164
     */
    record AppointmentSearch(
            @Nullable String contact, @Nullable String phone) {}

    record FoundAppointments(List<Booking> appointments) {}

    /** @param slot empty when it is gone */
    record Standing(Optional<Slot> slot) {}

    /**
     * @param offered the only times at which the provider itself would accept an appointment; empty where it has no rules of its
     *     own
     */
    record BusyTimes(List<BusyTime> busy, Optional<List<Slot>> offered) {

        public BusyTimes(List<BusyTime> busy) {
            this(busy, Optional.empty());
        }
    }

    /**
     * An event that blocks time.
     *
     * @param id the provider's; empty for an event of a calendar that only counts as busy, which takes all of its capacity
     * @param effectKey of the effect that made or last changed it, where it is ours
     */
    record BusyTime(Optional<String> id, Slot slot, Optional<String> effectKey) {}
}
