package dev.patchbay.livecalls;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantScope;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** The times that agents and flows would offer for a client, by the same rules and reservations. */
public interface Openings {

    /**
     * @param from ISO-8601 with offset, a local time or a day in the client's zone
     * @param to as {@code from}; a day counts as a whole
     * @param minutes length of the appointment, 1 to 1,440
     */
    record OpeningSearch(String from, String to, int minutes) {}

    record ClientOpenings(ZoneId zone, OffsetDateTime from, OffsetDateTime to, int minutes, List<Opening> openings) {}

    record Opening(OffsetDateTime start, OffsetDateTime end) {}

    /**
     * Asks the client's calendar.
     *
     * @throws Problem {@code 404.client_not_found}; {@code 400.malformed_request} for a time that cannot be read or a calendar
     *     that cannot be searched; {@code 502.provider_error} when it does not answer
     */
    ClientOpenings find(TenantScope scope, ClientId client, OpeningSearch search, CorrelationId correlation);
}
