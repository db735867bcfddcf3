package dev.patchbay.usage.collection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;

/** A kind of pass over a connection's usage, by what it lists. */
enum CollectionPass {
    /** Everything since shortly before the last pass. */
    LATEST,
    /** The last three days, hourly: costs that come late or are corrected soon. */
    RECENT,
    /** The last 35 days, nightly: corrections until the provider's invoice. */
    SETTLED,
    /** The time that a person asked for. */
    REQUESTED;

    static final Duration RECENT_WINDOW = Duration.ofDays(3);
    static final Duration SETTLED_WINDOW = Duration.ofDays(35);

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static CollectionPass ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
