package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.Normalised.Route;
import java.util.List;

/**
 * A fact on its way into the tables: the event, how to tell it again, and how it arrived.
 *
 * @param routes what a client could be found by, when none was found
 * @param headers what an auditor needs of the request, as JSON
 * @param sealedBody the raw body under the tenant's key
 */
record Arrival(Event event, String deduplicationKey, List<Route> routes, String headers, byte[] sealedBody) {}
