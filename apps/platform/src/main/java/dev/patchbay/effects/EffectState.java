package dev.patchbay.effects;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The states of an effect, and the only definition of the allowed transitions (ADR 0006). */
public enum EffectState {
    /** Claimed, and not settled: its owner may be sending it. Without an owner it was certainly not sent. */
    PLANNED,
    /** It may have been carried out: look it up before anything is sent again. */
    UNKNOWN,
    /** Carried out; the provider proved it, or a person confirmed it. */
    DONE,
    /** Refused, so certainly not carried out. */
    FAILED;

    /** Whether that state may follow this one. */
    public boolean mayBecome(EffectState next) {
        return successors().contains(next);
    }

    private Set<EffectState> successors() {
        return switch (this) {
            case PLANNED -> EnumSet.of(UNKNOWN, DONE, FAILED);
            case UNKNOWN -> EnumSet.of(PLANNED, DONE, FAILED);
            case DONE, FAILED -> EnumSet.noneOf(EffectState.class);
        };
    }

    /** The names of the states that this one may follow. */
    public String[] predecessors() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(Enum::name)
                .toArray(String[]::new);
    }
}
