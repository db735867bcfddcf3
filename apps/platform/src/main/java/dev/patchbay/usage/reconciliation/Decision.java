package dev.patchbay.usage.reconciliation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The decision about a difference. */
public enum Decision {
    OPEN,
    /** The provider is right: the difference is recorded as usage, with the reason {@code invoice}. */
    ACCEPTED,
    /** The provider is asked to correct it. */
    DISPUTED,
    /** Our records stay as they are. */
    OURS;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Decision ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** A decision as the API writes it: {@code accept}, {@code dispute} or {@code ours}. */
    public static Optional<Decision> parse(String name) {
        return Arrays.stream(values())
                .filter(it -> it != OPEN)
                .filter(it -> it.wireName().equals(name)
                        || it.wireName().equals(name + "ed")
                        || it.wireName().equals(name + "d"))
                .findFirst();
    }
}
