package dev.patchbay.iam.tenants;

import dev.patchbay.kernel.ClientId;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/**
 * A business that the agency serves.
 *
 * @param zone the time zone of its days and appointments
 * @param settings read by flows as {@code $client.settings}
 */
public record Client(ClientId id, String name, ZoneId zone, JsonNode settings) {}
