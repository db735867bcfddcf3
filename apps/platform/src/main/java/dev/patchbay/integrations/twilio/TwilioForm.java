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
 * The parameters of a form as Twilio signs them: sorted by name, and where one is repeated its values sorted, each once.
 * Twilio adds parameters without notice, so none is unexpected.
 */
record TwilioForm(NavigableMap<String, NavigableSet<String>> parameters) {

    static final TwilioForm NONE = new TwilioForm(new TreeMap<>());

    /**
     * Empty when the body is no form as Twilio writes them: a percent sign without its two digits, or a name without an equals
     * sign, which would sign the same as the name and value it was made of.
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

    /** What is appended to the address before it is signed. */
    String signedText() {
        var signed = new StringBuilder();
        parameters.forEach(
                (name, values) -> values.forEach(value -> signed.append(name).append(value)));
        return signed.toString();
    }

    boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The parameter's value, the first in order where it is repeated; empty when it is missing or blank. */
    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(NavigableSet::first)
                .filter(value -> !value.isBlank());
    }

    /** All of it, for people to see. */
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
