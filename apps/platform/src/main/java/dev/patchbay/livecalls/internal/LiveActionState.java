package dev.patchbay.livecalls.internal;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a live action, and the only definition of the allowed transitions. Written in lower case in the database. */
enum LiveActionState {
    /** Its outcome is not known yet: the process that started it, or another one later, executes it. */
    OPEN,
    /** Its outcome is known, or it was given up. */
    SETTLED;

    boolean mayBecome(LiveActionState next) {
        return successors().contains(next);
    }

    private Set<LiveActionState> successors() {
        return switch (this) {
            case OPEN -> EnumSet.allOf(LiveActionState.class);
            // The agent asks for the same action again.
            case SETTLED -> EnumSet.of(OPEN);
        };
    }

    /** The codes of the states that this one may follow. */
    String[] predecessors() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(LiveActionState::code)
                .toArray(String[]::new);
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
