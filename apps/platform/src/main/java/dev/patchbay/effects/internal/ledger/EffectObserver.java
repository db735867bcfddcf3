package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import tools.jackson.databind.JsonNode;

/** Learns in the transaction that settles an effect how it ended, by an answer, a look-up or the word of a person. */
public interface EffectObserver {

    /** @param response as the function returned it */
    void onDone(EffectKey key, JsonNode response);

    /** It did not take place: it was refused, or a person said so; then it may be sent again. */
    void onNotDone(EffectKey key);
}
