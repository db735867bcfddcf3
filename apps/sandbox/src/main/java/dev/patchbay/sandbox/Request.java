package dev.patchbay.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.node.ObjectNode;

/** One request as it arrived; {@code params} are what the route's path named. */
record Request(
        String method,
        String path,
        Map<String, String> params,
        Map<String, List<String>> query,
        Headers headers,
        String body) {

    static Request read(HttpExchange exchange) throws IOException {
        // Google's Java client compresses what it sends.
        boolean gzip = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream raw = exchange.getRequestBody();
        try (InputStream body = gzip ? new GZIPInputStream(raw) : raw) {
            return new Request(
                    // Java's own HTTP client cannot PATCH, so Google's library sends POST and says what it means.
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override"))
                            .orElse(exchange.getRequestMethod()),
                    exchange.getRequestURI().getRawPath(),
                    Map.of(),
                    formFields(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                            .orElse("")),
                    exchange.getRequestHeaders(),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    Request with(Map<String, String> found) {
        return new Request(method, path, found, query, headers, body);
    }

    String param(String name) {
        return params.getOrDefault(name, "");
    }

    Optional<String> query(String name) {
        return queries(name).stream().findFirst();
    }

    List<String> queries(String name) {
        return query.getOrDefault(name, List.of());
    }

    int number(String name, int otherwise) {
        return query(name).map(Integer::parseInt).orElse(otherwise);
    }

    /** The header's value; empty when it was not sent. */
    String header(String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }

    /** The token of {@code Authorization: Bearer}; empty when there is none. */
    String bearer() {
        String header = header("Authorization");
        return header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
    }

    ObjectNode json() {
        return Json.parse(body);
    }

    /** The body's fields, whether sent as a form or as JSON: token endpoints take both. */
    ObjectNode fields() {
        if (header("Content-Type").startsWith("application/json")) {
            return json();
        }
        ObjectNode form = Json.object();
        formFields(body).forEach((name, values) -> form.put(name, values.getFirst()));
        return form;
    }

    static Map<String, List<String>> formFields(String encoded) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                        .add(decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
