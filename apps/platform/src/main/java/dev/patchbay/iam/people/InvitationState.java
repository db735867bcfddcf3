package dev.patchbay.iam.people;

import java.util.EnumSet;
import java.util.Set;

/** The state of an invitation, and the only definition of the allowed transitions. */
public enum InvitationState {
    /** Its link works. */
    OPEN,
    /** Past its end; its link works no more. */
    EXPIRED,
    /** The user signed in by its link. */
    ACCEPTED,
    /** Withdrawn, or replaced by a newer one. */
    REVOKED;

    /** Whether that state may come after this one. */
    public boolean mayBecome(InvitationState next) {
        return after().contains(next);
    }

    private Set<InvitationState> after() {
        return switch (this) {
            case OPEN -> EnumSet.of(EXPIRED, ACCEPTED, REVOKED);
            case EXPIRED -> EnumSet.of(REVOKED);
            case ACCEPTED, REVOKED -> EnumSet.noneOf(InvitationState.class);
        };
    }
}
