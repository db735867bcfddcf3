package dev.patchbay.iam.sessions;

import java.util.EnumSet;
import java.util.Set;

/** The state of a session, and the only definition of the allowed transitions. */
public enum SessionState {
    ACTIVE,
    /** Unused for too long, or past its maximum age. */
    EXPIRED,
    /** Ended by its user, by an administrator, or with the session it came from. */
    ENDED;

    /** Whether that state may come after this one. */
    public boolean mayBecome(SessionState next) {
        return after().contains(next);
    }

    private Set<SessionState> after() {
        return switch (this) {
            case ACTIVE -> EnumSet.of(EXPIRED, ENDED);
            case EXPIRED, ENDED -> EnumSet.noneOf(SessionState.class);
        };
    }
}
