package dev.patchbay.flows.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Says how an attempt at a step ended. JSON has the names in lower case. */
public enum AttemptOutcome {
    SUCCEEDED("done"),
    /** The call was not carried out; another attempt follows. */
    RETRIED("again"),
    /** The outcome is still open: it is looked up later, or the attempt waits for a rate limit. */
    DEFERRED("later"),
    /** The outcome is unknown, and only a person can find it out. */
    NEEDS_PERSON("ask"),
    /** The call was not carried out, and no attempt follows. */
    FAILED("gave-up");

    private final String stored;

    AttemptOutcome(String stored) {
        this.stored = stored;
    }

    /** Returns the outcome that the journal stores as this word. */
    static AttemptOutcome ofStored(String word) {
        for (var outcome : values()) {
            if (outcome.stored.equals(word)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("not an outcome of an attempt: " + word);
    }

    /** Returns the name that API responses use, for example {@code needs_person}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
