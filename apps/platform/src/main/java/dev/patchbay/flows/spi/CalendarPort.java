package dev.patchbay.flows.spi;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps appointments. */
public non-sealed interface CalendarPort extends Port {

    /** Free times of the client's calendar. Changes nothing. */
    Answer<Slots> findSlots(Act act, SlotSearch search);

    /** Books a time that is still free; a taken or past one is refused as {@link Reason#NO_SLOT}. */
    Answer<Booking> book(Act act, BookingRequest request);

    /** Asks whether an earlier {@link #book} was carried out and still stands. */
    LookUp<Booking> findBooking(Act act, BookingRequest request);

    /** Cancels a booking; one that is cancelled already counts as done. */
    Answer<Cancellation> cancel(Act act, BookingId booking);

    /** Asks whether the booking is cancelled. */
    LookUp<Cancellation> findCancellation(Act act, BookingId booking);

    /**
     * @param contact the CRM's id of the person
     * @param start ISO-8601 with offset
     * @param minutes length, 1 to 1,440
     */
    record BookingRequest(
            String contact,
            OffsetDateTime start,
            int minutes,
            @Nullable String title,
            @Nullable String description) {}

    /** @param startLocal the start in the client's time zone, as one would say it */
    record Booking(
            String id,
            OffsetDateTime start,
            OffsetDateTime end,
            String startLocal,
            @Nullable String link) {}

    record BookingId(String id) {}

    record Cancellation(String id, boolean cancelled) {}

    record SlotSearch(OffsetDateTime from, OffsetDateTime to, int minutes) {}

    record Slots(List<Slot> slots) {}

    record Slot(OffsetDateTime start, OffsetDateTime end) {}
}
