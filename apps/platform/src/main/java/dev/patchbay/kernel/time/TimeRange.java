package dev.patchbay.kernel.time;

import java.time.OffsetDateTime;

/**
 * A range of time that is searched.
 *
 * @param from the first moment, with the client's offset at that moment
 * @param until the moment after the last one
 */
public record TimeRange(OffsetDateTime from, OffsetDateTime until) {}
