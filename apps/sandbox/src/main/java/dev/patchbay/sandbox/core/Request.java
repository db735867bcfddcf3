package dev.patchbay.sandbox.core;

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

/**
 * An HTTP request.
 *
 * @param path as it arrived, still percent-encoded
 * @param pathParameters the decoded values of the route's {@code {names}}
 */
public record Request(
        String method,
        String path,
        Map<String, String> pathParameters,
        Map<String, List<String>> query,
        Headers headers,
        String body) {

    /** Reads the whole request into memory. */
    public static Request read(HttpExchange exchange) throws IOException {
        // Google's Java client compresses request bodies.
        boolean gzip = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream raw = exchange.getRequestBody();
        try (InputStream body = gzip ? new GZIPInputStream(raw) : raw) {
            return new Request(
                    // Java's HttpURLConnection cannot PATCH, so Google's client sends POST with this header.
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override"))
                            .orElse(exchange.getRequestMethod()),
                    exchange.getRequestURI().getRawPath(),
                    Map.of(),
                    parseForm(Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                            .orElse("")),
                    exchange.getRequestHeaders(),
                    new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public Request withPathParameters(Map<String, String> parameters) {
        return new Request(method, path, parameters, query, headers, body);
    }

    /** The path parameter; the empty string when the route has none of that name. */
    public String pathParameter(String name) {
        return pathParameters.getOrDefault(name, "");
    }

    /** The first value of the query parameter. */
    public Optional<String> query(String name) {
        return queryValues(name).stream().findFirst();
    }

    /** All values of a query parameter that may be repeated. */
    public List<String> queryValues(String name) {
        return query.getOrDefault(name, List.of());
    }

    /**
     * The query parameter as a number.
     *
     * @throws NumberFormatException when it is none, which the router answers with 400
     */
    public int queryInt(String name, int fallback) {
        return query(name).map(Integer::parseInt).orElse(fallback);
    }

    /** The header's value; the empty string when it is absent. */
    public String header(String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }

    /** The token of {@code Authorization: Bearer}; the empty string when there is none. */
    public String bearerToken() {
        String header = header("Authorization");
        return header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
    }

    /** The body as a JSON object; see {@link Json#parse}. */
    public ObjectNode json() {
        return Json.parse(body);
    }

    /** The body as an object, whether it is JSON or a form: token endpoints accept both. */
    public ObjectNode jsonOrForm() {
        if (header("Content-Type").startsWith("application/json")) {
            return json();
        }
        ObjectNode form = Json.object();
        parseForm(body).forEach((name, values) -> form.put(name, values.getFirst()));
        return form;
    }

    /** All values of a form field that may be repeated. */
    public List<String> formValues(String name) {
        return parseForm(body).getOrDefault(name, List.of());
    }

    /** Parses {@code application/x-www-form-urlencoded} text, in the order of its fields. */
    public static Map<String, List<String>> parseForm(String encoded) {
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
