package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.Sealing;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.RawBody;
import dev.patchbay.ingress.spi.Normalised.Route;
import java.util.List;

/**
 * An event that is not stored yet.
 *
 * @param deduplicationKey equal for every delivery of the same fact
 * @param routes what its client could be found by, when none was found
 * @param headers the request headers that an auditor needs, as JSON
 * @param body the raw body
 */
record IncomingEvent(Event event, String deduplicationKey, List<Route> routes, String headers, byte[] body) {

    /** The same event, its body sealed with the tenant's key for this event only. */
    IncomingEvent seal(Sealing sealing) {
        byte[] sealed = sealing.seal(event.tenant(), RawBody.sealingContext(event.id()), body);
        return new IncomingEvent(event, deduplicationKey, routes, headers, sealed);
    }
}
