package dev.patchbay.livecalls;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The outcome of a function that an agent called during a call. Written in lower case in the database and in JSON. */
public enum InvocationOutcome {
    /** It succeeded. */
    DONE,
    /** The time is not free. */
    TAKEN,
    /** It continues without the caller; a later invocation records how it ended. */
    PENDING,
    /** The time was held, but no longer is. */
    EXPIRED,
    /** The arguments name no time. */
    UNCLEAR,
    /** It cannot be done now. */
    FAILED,
    /** It may have happened; a person has to find out. */
    UNKNOWN;

    /** The outcome with this code. */
    public static InvocationOutcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As it appears in answers, for example {@code done}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
