package dev.patchbay.effects.spi;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps appointments. */
public non-sealed interface CalendarPort extends Port {

    /** Free times of the client's calendar. Changes nothing. */
    PortResult<Slots> findSlots(CallContext callContext, SlotSearch search);

    /**
     * Books a time that is still free; a taken or past one is refused as {@link FailureReason#NO_SLOT}. A hold that the request
     * names becomes the booking when it still stands on exactly that time.
     */
    PortResult<Booking> book(CallContext callContext, BookingRequest request);

    /** Asks whether an earlier {@link #book} was carried out and still stands. */
    LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request);

    /** Reserves a free time tentatively; refused as a booking would be. {@link #cancel} releases it. */
    PortResult<Hold> hold(CallContext callContext, HoldRequest request);

    /** Asks whether an earlier {@link #hold} was carried out and still stands. */
    LookupResult<Hold> findHold(CallContext callContext, HoldRequest request);

    /** Cancels a booking or a hold; one that is cancelled already counts as done. */
    PortResult<Cancellation> cancel(CallContext callContext, BookingId booking);

    /** Asks whether the booking is cancelled. */
    LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking);

    /**
     * @param contact the CRM's id of the person
     * @param start ISO-8601 with offset
     * @param minutes length, 1 to 1,440
     * @param hold the id of a hold on that time, which the booking confirms
     */
    record BookingRequest(
            String contact,
            OffsetDateTime start,
            int minutes,
            @Nullable String title,
            @Nullable String description,
            @Nullable String hold) {}

    /** @param startLocal the start in the client's time zone, as an agent says it */
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
     */
    record HoldRequest(
            String contact,
            OffsetDateTime start,
            int minutes,
            @Nullable Integer holdMinutes,
            @Nullable String title,
            @Nullable String description) {}

    /**
     * @param startLocal the start in the client's time zone, as an agent says it
     * @param heldUntil when it may be released
     */
    record Hold(String id, OffsetDateTime start, OffsetDateTime end, String startLocal, OffsetDateTime heldUntil) {}

    record BookingId(String id) {}

    record Cancellation(String id, boolean cancelled) {}

    record SlotSearch(OffsetDateTime from, OffsetDateTime to, int minutes) {}

    record Slots(List<Slot> slots) {}

    record Slot(OffsetDateTime start, OffsetDateTime end) {}
}
