package dev.patchbay.insights.calls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The way in which a person dealt with a call. Written in lower case in the database and in JSON. */
public enum HandledHow {
    CALLED_BACK,
    NOT_NEEDED,
    BOOKED_BY_HAND;

    /** Returns the way with this code. */
    @JsonCreator
    static HandledHow of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Returns the way as the API writes it, for example {@code called_back}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
