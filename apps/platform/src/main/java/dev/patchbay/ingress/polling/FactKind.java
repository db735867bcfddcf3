package dev.patchbay.ingress.polling;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The result of comparing one fact at the provider with our events. */
public enum FactKind {
    /** A webhook had reported it. */
    MATCHED,
    /** No webhook had reported it; the poll stored it. */
    REPAIRED,
    /** The provider has it, and it could not be stored. */
    MISSING,
    /** A webhook reported it, and the provider does not know it. */
    ONLY_HERE;

    /** As the API, metrics and the table {@code poll_fact} write it, for example {@code only_here}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FactKind ofWireName(String name) {
        return find(name).orElseThrow();
    }

    static Optional<FactKind> find(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst();
    }
}
