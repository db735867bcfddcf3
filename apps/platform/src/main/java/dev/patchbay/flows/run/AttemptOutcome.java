package dev.patchbay.flows.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an attempt at a step ended. Written in lower case in JSON. */
public enum AttemptOutcome {
    SUCCEEDED("done"),
    /** Not done; another attempt follows. */
    RETRIED("again"),
    /** Not decided yet: it is looked up later, or waits for a rate limit. */
    DEFERRED("later"),
    /** Only a person can find out whether it was done. */
    NEEDS_PERSON("ask"),
    /** Not done, and not attempted again. */
    FAILED("gave-up");

    private final String stored;

    AttemptOutcome(String stored) {
        this.stored = stored;
    }

    /** The outcome that the journal keeps as this word. */
    static AttemptOutcome ofStored(String word) {
        for (var outcome : values()) {
            if (outcome.stored.equals(word)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("not an outcome of an attempt: " + word);
    }

    /** As it appears in answers, for example {@code needs_person}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
