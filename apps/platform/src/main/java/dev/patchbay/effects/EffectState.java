package dev.patchbay.effects;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Lists the states of an effect, and is the only definition of the allowed transitions (ADR 0006). */
public enum EffectState {
    /**
     * The effect is claimed and not settled, so its owner may be sending it. An effect without an owner was certainly not sent.
     */
    PLANNED,
    /** The effect may have been carried out; it must be looked up before anything is sent again. */
    UNKNOWN,
    /** The effect was carried out, as the provider proved or a person confirmed. */
    DONE,
    /** The provider refused the effect, so it was certainly not carried out. */
    FAILED;

    /** Says whether that state may follow this one. */
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

    /** Returns the names of the states that this one may follow. */
    public String[] predecessors() {
        return Arrays.stream(values())
                .filter(state -> state.mayBecome(this))
                .map(Enum::name)
                .toArray(String[]::new);
    }
}
