package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import tools.jackson.databind.JsonNode;

/** Called in the transaction that settles an effect, by an answer, a look-up or a person's decision. */
public interface EffectObserver {

    /** @param response as the function returned it */
    void onDone(EffectKey key, JsonNode response);

    /** It did not take place: it was refused, or a person said so; then it may be sent again. */
    void onNotDone(EffectKey key);
}
