package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.Normalised.Route;
import java.util.List;

/**
 * A fact on its way into the tables: the event, how to tell it again, and how it arrived.
 *
 * @param routes what a client could be found by, when none was found
 * @param headers what an auditor needs of the request, as JSON
 * @param body the raw body
 */
record IncomingEvent(Event event, String deduplicationKey, List<Route> routes, String headers, byte[] body) {

    /** The same with its body sealed by the tenant's key, for its own event. */
    IncomingEvent sealed(Sealing sealing) {
        byte[] resting = sealing.seal(event.tenant(), RawBodyRepository.place(event.id()), body);
        return new IncomingEvent(event, deduplicationKey, routes, headers, resting);
    }
}
