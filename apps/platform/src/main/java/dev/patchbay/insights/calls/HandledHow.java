package dev.patchbay.insights.calls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a person dealt with a call. Written in lower case in the database and in JSON. */
public enum HandledHow {
    CALLED_BACK,
    NOT_NEEDED,
    BOOKED_BY_HAND;

    /** The way with this code. */
    @JsonCreator
    static HandledHow of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As it appears in the API, for example {@code called_back}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
