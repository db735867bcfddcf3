package dev.patchbay.iam.people;

import dev.patchbay.kernel.UserId;
import java.time.Instant;

/** A user of one tenant. */
public record User(UserId id, String email, String name, UserState state, Instant createdAt) {

    public boolean isActive() {
        return state == UserState.ACTIVE;
    }

    boolean isInvited() {
        return state == UserState.INVITED;
    }

    /** Addresses of people are in no log. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
