package dev.patchbay.effects;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes the status of an effect in the ledger.
 *
 * @param origin the run or call that causes it
 * @param place its place in the origin: a step's pointer, or the function's name
 * @param lookedUp whether the provider was asked for its outcome before anything was sent again
 * @param parked whether it waits for a person
 * @param unsent whether it is planned and was certainly not sent
 * @param adopted whether another effect of the same call had made its result before; then this origin must not undo it
 * @param providerId the provider's id of the created object; null while the effect is not done, and once the id is erased
 * @param error a failure's reason and sentence, or the sentence of an unknown outcome
 * @param createdAt when it was first claimed
 * @param settledAt when it became {@link EffectState#DONE} or {@link EffectState#FAILED}
 */
public record EffectStatus(
        String key,
        EffectOrigin origin,
        String place,
        EffectState state,
        boolean lookedUp,
        boolean parked,
        boolean unsent,
        boolean adopted,
        @Nullable String providerId,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant settledAt) {

    public boolean is(EffectState other) {
        return state == other;
    }

    /** Says whether it may have been carried out and its outcome is still unknown. */
    public boolean isOpen() {
        return state == EffectState.UNKNOWN || (state == EffectState.PLANNED && !unsent);
    }
}
