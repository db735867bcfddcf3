package dev.patchbay.connections.http;

import tools.jackson.databind.JsonNode;

/**
 * One request and its answer as a person may see them: redacted, bodies cut at 16 KiB.
 *
 * @param request {@code {method, url, body}}
 * @param answer {@code {status, body}} or {@code {error}}
 */
public record Exchange(String operation, long milliseconds, JsonNode request, JsonNode answer) {}
