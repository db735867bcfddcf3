package dev.patchbay.iam.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The state of a user, and the only definition of the allowed transitions. Lower case in JSON and in the database. */
public enum UserState {
    /** Has a link, and may have roles, but has not signed in yet. */
    INVITED,
    ACTIVE,
    /** Cannot sign in; keeps roles and groups. */
    SUSPENDED;

    /** Whether that state may come after this one. */
    public boolean mayBecome(UserState next) {
        return after().contains(next);
    }

    private Set<UserState> after() {
        return switch (this) {
            case INVITED, SUSPENDED -> EnumSet.of(ACTIVE);
            case ACTIVE -> EnumSet.of(SUSPENDED);
        };
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static UserState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
