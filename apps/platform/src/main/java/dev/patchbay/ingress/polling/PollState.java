package dev.patchbay.ingress.polling;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a poll of a stream ended. */
public enum PollState {
    /** The stream was read to its end. */
    DONE,
    /** Another process is polling it now. */
    BUSY,
    /** The provider failed; what was read so far is stored, and the rest is read again later. */
    UNAVAILABLE;

    /** As the API and metrics write it. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
