package dev.patchbay.sandbox.core;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP method and path with the handler that answers it.
 *
 * @param operation the name in faults and logs: {@code events.insert}
 * @param pattern the path's segments; a segment in braces is a path parameter
 */
public record Route(String operation, String method, List<String> pattern, Handler handler) {

    @FunctionalInterface
    public interface Handler {
        Response handle(Request request);
    }

    /** @param path such as {@code /events/{eventId}} */
    public static Route of(String operation, String method, String path, Handler handler) {
        return new Route(operation, method, List.of(path.split("/", -1)), handler);
    }

    /** Matches a request; returns its path parameters, or empty when this is another route. A trailing slash is ignored. */
    public Optional<Map<String, String>> match(String requestMethod, String rawPath) {
        String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        String[] segments = path.split("/", -1);
        if (!method.equals(requestMethod) || segments.length != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < segments.length; i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                // A suffix may follow the braces, as in Twilio's {sid}.json.
                int brace = expected.indexOf('}');
                String suffix = expected.substring(brace + 1);
                if (!segments[i].endsWith(suffix)) {
                    return Optional.empty();
                }
                String value = segments[i].substring(0, segments[i].length() - suffix.length());
                // In a path a plus is a plus; only queries and forms encode a space as one.
                String literal = value.replace("+", "%2B");
                parameters.put(expected.substring(1, brace), URLDecoder.decode(literal, StandardCharsets.UTF_8));
            } else if (!expected.equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
