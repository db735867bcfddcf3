package dev.patchbay.connections;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Lists the states of a connection's outage, and is the only definition of the allowed transitions. */
public enum OutageState {
    /** Calls of several runs failed in a row; a self-test decides. Calls go on meanwhile. */
    SUSPECTED,
    /** The self-test failed too: runs wait, and only self-tests reach the provider. */
    AWAY,
    /** A self-test succeeded: waiting runs continue at a growing pace. */
    RECOVERING,
    ENDED;

    /** Says whether that state may follow this one. */
    public boolean mayBecome(OutageState next) {
        return successors().contains(next);
    }

    private Set<OutageState> successors() {
        return switch (this) {
            case SUSPECTED -> EnumSet.of(AWAY, ENDED);
            case AWAY -> EnumSet.of(AWAY, RECOVERING, ENDED);
            // Another failure, or a self-test after one: the pace starts again.
            case RECOVERING -> EnumSet.of(AWAY, RECOVERING, ENDED);
            case ENDED -> EnumSet.of(SUSPECTED);
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
