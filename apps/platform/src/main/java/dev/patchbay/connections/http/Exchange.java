package dev.patchbay.connections.http;

import tools.jackson.databind.JsonNode;

/**
 * One request and its response for display: redacted, bodies cut after 16,384 characters.
 *
 * @param request {@code {method, url, body}}
 * @param answer {@code {status, body}} or {@code {error}}
 */
public record Exchange(String operation, long milliseconds, JsonNode request, JsonNode answer) {}
