package dev.patchbay.connections;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a connection stands, and the only home of what may follow what. It can be used while it is being tested and while
 * it is ready; in every other state it says in one sentence why not and what to do.
 */
public enum ConnectionState {
    /** Credentials are missing. */
    NEEDS_SECRET,
    /** New credentials, not yet tried. */
    TESTING,
    READY,
    /** The provider refuses the credentials. */
    UNHEALTHY,
    /** A person took it out of use; its secrets are gone. */
    DISCONNECTED;

    /** Whether that state may come after this one. */
    public boolean mayBecome(ConnectionState next) {
        return successors().contains(next);
    }

    private Set<ConnectionState> successors() {
        return switch (this) {
            case NEEDS_SECRET -> EnumSet.of(TESTING, DISCONNECTED);
            case TESTING -> EnumSet.of(TESTING, NEEDS_SECRET, READY, UNHEALTHY, DISCONNECTED);
            case READY -> EnumSet.of(READY, TESTING, UNHEALTHY, DISCONNECTED);
            case UNHEALTHY -> EnumSet.of(UNHEALTHY, TESTING, READY, DISCONNECTED);
            case DISCONNECTED -> EnumSet.of(TESTING);
        };
    }

    /** The names of the states that this one may come after. */
    public String[] predecessorNames() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(Enum::name)
                .toArray(String[]::new);
    }
}
