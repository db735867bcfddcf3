package dev.patchbay.effects;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;

/** The times that a calendar holds for callers until they are booked or released. */
public interface CalendarHolds {

    /** A time that is held, or was until it was booked. */
    record CalendarHold(String id, int minutes) {}

    /** Finds the hold that this origin made on the time that starts then. */
    Optional<CalendarHold> find(TenantId tenant, ClientId client, EffectOrigin origin, Instant start);
}
