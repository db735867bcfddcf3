package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import tools.jackson.databind.JsonNode;

/** Observes effects, in the transaction that settles them by an answer, a look-up or a person's decision. */
public interface EffectObserver {

    /**
     * Handles an effect that is done.
     *
     * @param response the response that the function returned
     */
    void onDone(EffectKey key, JsonNode response);

    /**
     * Handles an effect that did not take place, because it was refused or a person said so; after a person's decision it may
     * be sent again.
     */
    void onNotDone(EffectKey key);
}
