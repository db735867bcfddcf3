package dev.patchbay.connections;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Lists the states of a connection, and is the only definition of the allowed transitions. A connection can be used while it is
 * {@link #TESTING} or {@link #READY}; in every other state its {@code sentence} gives the reason and the remedy.
 */
public enum ConnectionState {
    /** Required secrets are missing. */
    NEEDS_SECRET,
    /** No health check has confirmed the new secrets or settings yet. */
    TESTING,
    READY,
    /** The provider rejects the credentials. */
    UNHEALTHY,
    /** A person disconnected the account; its secrets are deleted. */
    DISCONNECTED;

    /** Says whether that state may follow this one. */
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

    /** Returns the names of the states that may become this one, for an SQL condition. */
    public String[] predecessorNames() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(Enum::name)
                .toArray(String[]::new);
    }
}
