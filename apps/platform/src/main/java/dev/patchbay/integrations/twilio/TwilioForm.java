package dev.patchbay.integrations.twilio;

import dev.patchbay.kernel.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a form in the order in which Twilio signs them: sorted by name, the values of a repeated one sorted and
 * without duplicates (Twilio, "Webhooks Security"). Twilio adds parameters without notice, so none is unexpected.
 */
record TwilioForm(NavigableMap<String, NavigableSet<String>> parameters) {

    static final TwilioForm NONE = new TwilioForm(new TreeMap<>());

    /**
     * Empty when the body is not a form as Twilio encodes it: a percent sign without two digits, or a name without an equals sign,
     * which would sign the same as a name and a value joined together.
     */
    static Optional<TwilioForm> read(byte[] body) {
        var parameters = new TreeMap<String, NavigableSet<String>>();
        try {
            for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    if (equals < 0) {
                        return Optional.empty();
                    }
                    parameters
                            .computeIfAbsent(decode(pair.substring(0, equals)), name -> new TreeSet<>())
                            .add(decode(pair.substring(equals + 1)));
                }
            }
            return Optional.of(new TwilioForm(parameters));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The text that is appended to the address before signing. */
    String signedText() {
        var text = new StringBuilder();
        parameters.forEach(
                (name, values) -> values.forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The parameter's first value in order; empty when it is missing or blank. */
    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(NavigableSet::first)
                .filter(value -> !value.isBlank());
    }

    /** All parameters, for display. */
    ObjectNode toJson() {
        ObjectNode all = Json.object();
        parameters.forEach((name, values) -> {
            if (values.size() == 1) {
                all.put(name, values.first());
            } else {
                values.forEach(all.putArray(name)::add);
            }
        });
        return all;
    }
}
