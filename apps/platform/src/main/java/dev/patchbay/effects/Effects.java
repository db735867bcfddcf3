package dev.patchbay.effects;

import dev.patchbay.kernel.TenantId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The effect ledger as people see it, and the decisions that they make in it. */
public interface Effects {

    /** The effects by key; those that were never claimed are not among them. */
    Map<String, EffectStatus> find(TenantId tenant, Collection<String> keys);

    /** Empty when the effect was never claimed. */
    Optional<EffectStatus> find(EffectKey key);

    /** The highest generation of the effect that was ever claimed. */
    Optional<EffectStatus> findNewest(EffectKey key);

    /** The response of an effect that is {@link EffectState#DONE}. */
    JsonNode response(TenantId tenant, String key);

    /**
     * Settles an effect with an unknown outcome, by the word of a person who looked at the provider.
     *
     * @param response as the function would have returned it
     * @return false when the outcome is known already
     */
    boolean confirmDone(EffectKey key, JsonNode response);

    /**
     * Lets an effect with an unknown outcome be sent again, by the word of a person who looked at the provider.
     *
     * @return false when the outcome is known already
     */
    boolean confirmNotDone(EffectKey key);
}
