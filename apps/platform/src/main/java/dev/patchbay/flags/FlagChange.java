package dev.patchbay.flags;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a flag that was asked for.
 *
 * @param entry what {@link Kind#ALLOW} adds to the list; null otherwise
 * @param decidedBy the second operator; null while it is pending, and for a change that needed none
 */
public record FlagChange(
        String id,
        String flag,
        String environment,
        Kind kind,
        @Nullable AllowEntry entry,
        String reason,
        State state,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt) {

    /** The changes that may need a second operator. */
    public enum Kind {
        ALLOW,
        SWITCH_ON
    }

    /** How far a change has come. */
    public enum State {
        /** It waits for a second operator. */
        PENDING,
        APPLIED;

        public boolean mayBecome(State next) {
            return this == PENDING && next == APPLIED;
        }
    }
}
