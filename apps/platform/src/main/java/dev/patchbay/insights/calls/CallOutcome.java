package dev.patchbay.insights.calls;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The outcome of a call for people. Written in lower case in the database and in JSON. */
public enum CallOutcome {
    /** An appointment is booked, even if something else was not done. */
    BOOKED,
    /** A booking was attempted, and no appointment is booked. */
    NOT_BOOKED,
    /** A person has to approve something or to find out what happened. */
    NEEDS_PERSON,
    /** A flow is under way. */
    WORKING,
    /** The caller wanted no appointment, or no flow was meant for the call. */
    NO_REQUEST,
    /** An appointment was booked and then cancelled. */
    UNDONE;

    /** Returns the outcome with this code. */
    static CallOutcome of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Returns the outcome as the API writes it, for example {@code not_booked}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
