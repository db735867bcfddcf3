package dev.patchbay.insights.calls;

import dev.patchbay.kernel.ClientId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The details of a call, read from the voice provider's events.
 *
 * @param calledAt the moment of the call, to the millisecond
 * @param seconds 0 until the call has ended
 * @param number the number of the person at the other end, E.164
 * @param requested the time that the caller asked for, as the agent recorded it
 */
record CallDetails(
        ClientId client,
        Instant calledAt,
        int seconds,
        @Nullable String direction,
        @Nullable String from,
        @Nullable String to,
        @Nullable String number,
        @Nullable String callerName,
        @Nullable String requested) {}
