package dev.patchbay.usage.collection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a pass stands. */
public enum CollectionState {
    /** It has not run yet. */
    WAITING,
    RUNNING,
    DONE,
    /** The provider did not answer as it should; the pass goes on where it stopped. */
    UNAVAILABLE;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
