package dev.patchbay.effects;

/**
 * What the ledger knows of an effect.
 *
 * @param origin the run or call that wants it
 * @param lookedUp whether the provider was asked for its outcome before anything was sent again
 * @param parked whether it waits for a person
 * @param unsent whether it is planned and was certainly not sent
 */
public record EffectStatus(
        String key, String origin, EffectState state, boolean lookedUp, boolean parked, boolean unsent) {

    public boolean is(EffectState other) {
        return state == other;
    }

    /** Whether it may have been carried out, and its outcome is not known yet. */
    public boolean isOpen() {
        return state == EffectState.UNKNOWN || (state == EffectState.PLANNED && !unsent);
    }
}
