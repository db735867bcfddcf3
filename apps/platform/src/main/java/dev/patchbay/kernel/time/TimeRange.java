package dev.patchbay.kernel.time;

import java.time.OffsetDateTime;

/**
 * A stretch of time in which something is looked for.
 *
 * @param from with the client's offset at that moment
 * @param until after the last moment
 */
public record TimeRange(OffsetDateTime from, OffsetDateTime until) {}
