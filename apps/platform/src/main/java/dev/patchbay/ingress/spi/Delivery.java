package dev.patchbay.ingress.spi;

import dev.patchbay.kernel.Json;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A webhook request as it was received.
 *
 * @param url the public address that the provider called, with its query
 * @param header the first value of a header, by name, without regard to case
 * @param body the raw bytes, which are what was signed
 */
public record Delivery(String url, Function<String, Optional<String>> header, byte[] body) {

    /** The media type without its parameters, lower case; empty text where the request states none. */
    public String mediaType() {
        String stated = header.apply("content-type").orElse("");
        int end = stated.indexOf(';');
        return (end < 0 ? stated : stated.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * The body as one JSON value.
     *
     * @throws tools.jackson.core.JacksonException when it is none
     */
    public JsonNode json() {
        return Json.read(body);
    }
}
