package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.spi.CalendarPort.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A time of a calendar that an appointment has, or that an effect under way asks for.
 *
 * @param id key of the effect that made it
 * @param spans what it blocks, buffers included; amid a change the old and the new time
 * @param act key of the effect under way
 * @param standing what the provider has of it; empty while it is being made
 * @param changedFor how long ago it last changed
 */
public record Reservation(
        String id,
        int seat,
        String owner,
        List<Slot> spans,
        Optional<String> act,
        Optional<Standing> standing,
        Duration changedFor) {

    /**
     * The appointment at the provider.
     *
     * @param slot without buffers
     * @param heldUntil empty when it is booked
     */
    public record Standing(String eventId, Slot slot, Optional<Instant> heldUntil) {

        boolean isBooked() {
            return heldUntil.isEmpty();
        }
    }

    boolean isUnderWayFor(String otherThan) {
        return act.filter(key -> !key.equals(otherThan)).isPresent();
    }

    boolean isHeld() {
        return standing.filter(it -> !it.isBooked()).isPresent();
    }

    /** Whether people may have moved or removed its event since. */
    boolean mayHaveMovedOn(Duration after) {
        return act.isEmpty() && standing.isPresent() && changedFor.compareTo(after) > 0;
    }
}
