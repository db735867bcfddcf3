package dev.patchbay.connections;

import tools.jackson.databind.JsonNode;

/**
 * What serves a port for a client.
 *
 * @param account ready for use: where the provider speaks OAuth, its {@code access_token} is good for a minute or more
 * @param settings of the binding, for example {@code {"calendarId": "…"}}
 */
public record BoundConnection(Account account, JsonNode settings) {}
