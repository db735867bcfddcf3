package dev.patchbay.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation of one provider: {@code GET /events/{eventId}} and who answers it. */
record Route(String operation, String method, List<String> pattern, Handler handler) {

    @FunctionalInterface
    interface Handler {
        Answer answer(Request request);
    }

    static Route of(String operation, String method, String path, Handler handler) {
        return new Route(operation, method, List.of(path.split("/", -1)), handler);
    }

    /** What the path's braces stand for; nothing when this is another route. A closing slash is not a difference. */
    Optional<Map<String, String>> match(String askedMethod, String rawPath) {
        String path = rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        String[] segments = path.split("/", -1);
        if (!method.equals(askedMethod) || segments.length != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < segments.length; i++) {
            String wanted = pattern.get(i);
            if (wanted.startsWith("{")) {
                // The braces may carry an ending, as in Twilio's {sid}.json.
                int brace = wanted.indexOf('}');
                String ending = wanted.substring(brace + 1);
                if (!segments[i].endsWith(ending)) {
                    return Optional.empty();
                }
                String value = segments[i].substring(0, segments[i].length() - ending.length());
                // A plus in a path is a plus: only queries and forms spell a space that way.
                String literal = value.replace("+", "%2B");
                found.put(wanted.substring(1, brace), URLDecoder.decode(literal, StandardCharsets.UTF_8));
            } else if (!wanted.equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }
}
