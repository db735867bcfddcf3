package dev.patchbay.iam.tokens;

import java.util.EnumSet;
import java.util.Set;

/** The state of a service token, and the only definition of the allowed transitions. */
public enum TokenState {
    ACTIVE,
    /** Past its end; no longer accepted. */
    EXPIRED,
    /** Ended by a person; no longer accepted. */
    REVOKED;

    /** Whether that state may come after this one. */
    public boolean mayBecome(TokenState next) {
        return after().contains(next);
    }

    private Set<TokenState> after() {
        return switch (this) {
            case ACTIVE -> EnumSet.of(EXPIRED, REVOKED);
            case EXPIRED -> EnumSet.of(REVOKED);
            case REVOKED -> EnumSet.noneOf(TokenState.class);
        };
    }
}
