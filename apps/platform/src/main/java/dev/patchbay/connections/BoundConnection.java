package dev.patchbay.connections;

import tools.jackson.databind.JsonNode;

/**
 * The connection that serves a port for a client.
 *
 * @param account ready for calls: an OAuth {@code access_token} is valid for at least a minute
 * @param settings of the binding, for example {@code {"calendarId": "…"}}
 */
public record BoundConnection(Account account, JsonNode settings) {}
