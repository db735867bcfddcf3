package dev.patchbay.effects.spi;

import dev.patchbay.connections.Account;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps appointments at a provider. An adapter does not decide whether a time may be taken: the client's rules, our
 * reservations and {@link #findBusy} have decided that before ({@link Appointments}).
 */
public non-sealed interface CalendarPort extends Port {

    /** Returns the operators' name for the provider's calendars, for example {@code Google Calendar}. */
    String title();

    /** Returns the calendar that a binding names, as one text for every binding that means it: {@code <provider>:<id>}. */
    String calendar(Account account, JsonNode binding);

    /**
     * Lists the events that block time in the bound calendar, and in the other calendars that the binding counts as busy.
     * Cancelled, declined and transparent events block none. An adapter splits a range that its provider finds too long.
     */
    PortResult<BusyTimes> findBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to);

    /**
     * Returns the present time of an appointment, which people may have moved or removed; the standing is empty when it is
     * gone.
     */
    PortResult<Standing> findStanding(CallContext callContext, BookingId appointment);

    /** Finds the appointments of a person that lie ahead, earliest first. */
    PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search);

    /** Books the time. If the request names a hold, that hold becomes the booking, whatever its time was. */
    PortResult<Booking> book(CallContext callContext, BookingRequest request);

    /** Asks whether an earlier {@link #book} was carried out and still stands. */
    LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request);

    /**
     * Reserves the time tentatively. If the request names a hold, that hold becomes the new one. {@link #cancel} releases it.
     */
    PortResult<Hold> hold(CallContext callContext, HoldRequest request);

    /** Asks whether an earlier {@link #hold} was carried out and still stands. */
    LookupResult<Hold> findHold(CallContext callContext, HoldRequest request);

    /** Moves an appointment to another time; refuses if the appointment is gone. */
    PortResult<Booking> move(CallContext callContext, MoveRequest request);

    /** Asks whether the appointment is at the time that an earlier {@link #move} asked for. */
    LookupResult<Booking> findMove(CallContext callContext, MoveRequest request);

    /** Cancels a booking or a hold; a cancellation that took place before counts as done. */
    PortResult<Cancellation> cancel(CallContext callContext, BookingId booking);

    /** Asks whether the booking is cancelled. */
    LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking);

    /**
     * @param contact the CRM's id of the person
     * @param start ISO-8601 with offset
     * @param minutes the length, 1 to 1,440
     * @param hold the id of a hold, which the booking confirms
     * @param person the person of the appointment, as the business reads it in its calendar
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

        /** Returns this request with the id of the hold that it confirms. */
        public BookingRequest withHold(@Nullable String eventId) {
            return new BookingRequest(contact, start, minutes, title, description, eventId, person, outsideHours);
        }
    }

    /**
     * Describes the person of an appointment, and its subject.
     *
     * @param phone the number in E.164 where it could be read, else as it was written
     * @param service the subject, in a few words
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
     * @param minutes the length, 1 to 1,440
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

        /** Returns this request with the id of the hold that it replaces. */
        public HoldRequest withHold(@Nullable String eventId) {
            return new HoldRequest(
                    contact, start, minutes, holdMinutes, title, description, eventId, person, outsideHours);
        }
    }

    /**
     * @param startLocal the start as a {@link Booking} gives it
     * @param heldUntil the time at which it may be released
     */
    record Hold(String id, OffsetDateTime start, OffsetDateTime end, String startLocal, OffsetDateTime heldUntil) {}

    /**
     * @param id the id of the appointment
     * @param start the new start, ISO-8601 with offset
     * @param minutes the new length; when absent, the length stays
     * @param outsideHours as in a {@link BookingRequest}
     */
    record MoveRequest(
            String id,
            OffsetDateTime start,
            int minutes,
            @Nullable Boolean outsideHours) {}

    record BookingId(String id) {}

    record Cancellation(String id, boolean cancelled) {}

    /**
     * @param to the end of the search; a found time ends by then
     * @param minutes the length of the appointment, 1 to 1,440
     */
    record SlotSearch(OffsetDateTime from, OffsetDateTime to, int minutes) {}

    record Slots(List<Slot> slots) {}

    /** Spans a time from its start up to, and without, its end. */
    record Slot(OffsetDateTime start, OffsetDateTime end) {

        public boolean overlaps(Slot other) {
            return start.isBefore(other.end) && other.start.isBefore(end);
        }
    }

    /**
     * Identifies the person whose appointments are wanted.
     *
     * @param contact the contact of the booking: the CRM's id or the phone number
     * @param phone E.164
     */
    record AppointmentSearch(
            @Nullable String contact, @Nullable String phone) {}

    record FoundAppointments(List<Booking> appointments) {}

    /** @param slot empty when the appointment is gone */
    record Standing(Optional<Slot> slot) {}

    /**
     * @param offered the only times at which the provider itself would accept an appointment; empty where it has no rules of
     *     its own
     */
    record BusyTimes(List<BusyTime> busy, Optional<List<Slot>> offered) {

        public BusyTimes(List<BusyTime> busy) {
            this(busy, Optional.empty());
        }
    }

    /**
     * Describes an event that blocks time.
     *
     * @param id the provider's id; empty for an event of a calendar that only counts as busy, which takes all of its capacity
     * @param effectKey the key of the effect that made or last changed it, where the event is ours
     */
    record BusyTime(Optional<String> id, Slot slot, Optional<String> effectKey) {}
}
