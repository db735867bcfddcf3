package dev.patchbay.flows.spi;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps appointments. */
public non-sealed interface CalendarPort extends Port {

    /** Free times of the client's calendar. Changes nothing. */
    Answer<Slots> findSlots(Act act, SlotSearch search);

    /**
     * Books a time that is still free; a taken or past one is refused as {@link Reason#NO_SLOT}. A hold that the request
     * names becomes the booking, when it still stands on that very time.
     */
    Answer<Booking> book(Act act, BookingRequest request);

    /** Asks whether an earlier {@link #book} was carried out and still stands. */
    LookUp<Booking> findBooking(Act act, BookingRequest request);

    /** Reserves a free time tentatively; refused as a booking would be. Whoever asked releases it by {@link #cancel}. */
    Answer<Hold> hold(Act act, HoldRequest request);

    /** Asks whether an earlier {@link #hold} was carried out and still stands. */
    LookUp<Hold> findHold(Act act, HoldRequest request);

    /** Cancels a booking or a hold; one that is cancelled already counts as done. */
    Answer<Cancellation> cancel(Act act, BookingId booking);

    /** Asks whether the booking is cancelled. */
    LookUp<Cancellation> findCancellation(Act act, BookingId booking);

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

    /** @param startLocal the start in the client's time zone, as one would say it */
    record Booking(
            String id,
            OffsetDateTime start,
            OffsetDateTime end,
            String startLocal,
            @Nullable String link) {}

    /**
     * @param contact whom it is held for, as the CRM or the phone knows them
     * @param start ISO-8601 with offset
     * @param minutes length, 1 to 1,440
     * @param holdMinutes how long it is held, 1 to 1,440; 10 where nothing is said
     */
    record HoldRequest(
            String contact,
            OffsetDateTime start,
            int minutes,
            @Nullable Integer holdMinutes,
            @Nullable String title,
            @Nullable String description) {}

    /**
     * @param startLocal the start in the client's time zone, as one would say it
     * @param heldUntil from then on it may be released
     */
    record Hold(String id, OffsetDateTime start, OffsetDateTime end, String startLocal, OffsetDateTime heldUntil) {}

    record BookingId(String id) {}

    record Cancellation(String id, boolean cancelled) {}

    record SlotSearch(OffsetDateTime from, OffsetDateTime to, int minutes) {}

    record Slots(List<Slot> slots) {}

    record Slot(OffsetDateTime start, OffsetDateTime end) {}
}
