package dev.patchbay.sandbox.core;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** An HTTP response: status, headers and a body, which may be empty. */
public record Response(int status, Map<String, String> headers, String body) {

    public static Response json(int status, JsonNode body) {
        return new Response(status, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    public static Response ok(JsonNode body) {
        return json(200, body);
    }

    public static Response html(String page) {
        return new Response(200, Map.of("Content-Type", "text/html; charset=utf-8"), page);
    }

    public static Response empty(int status) {
        return new Response(status, Map.of(), "");
    }

    /** This response with further headers; a header of the same name is replaced. */
    public Response withHeaders(Map<String, String> additional) {
        Map<String, String> all = new TreeMap<>(headers);
        all.putAll(additional);
        return new Response(status, all, body);
    }
}
