package dev.patchbay.usage.reports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The key by which the sums of a report are grouped. */
public enum Grouping {
    DAY("day::text"),
    CLIENT("client_id"),
    AGENT("agent_id"),
    PRODUCT("product"),
    /** An agent's version; releases of prompts come later. */
    RELEASE("agent_id || '/' || agent_version");

    private final String expression;

    Grouping(String expression) {
        this.expression = expression;
    }

    /** The SQL expression of the key. */
    String expression() {
        return expression;
    }

    /** As the API writes it: {@code day}. */
    public static Optional<Grouping> find(String name) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
