package dev.patchbay.usage.records;

import java.time.Instant;
import java.util.Locale;

/** A revision of a subject's statement, as it is stored. */
record Snapshot(String subject, int revision, Outcome outcome, Instant occurredAt, byte[] digest, String statement) {

    /** The meaning of a revision. */
    enum Outcome {
        STATED,
        /** First stated after the collection had passed its time. */
        LATE,
        CORRECTED,
        /** The provider no longer has the subject. */
        VANISHED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome ofWireName(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
