package dev.patchbay.effects;

import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    /** The newest effects of these origins, the newest first. */
    List<EffectStatus> findByOrigins(TenantId tenant, Collection<EffectOrigin> origins, int limit);

    /**
     * The effects that made, changed or removed something at a provider, the latest settled first.
     *
     * @param providerIds the provider's ids of what they concern
     * @param limit of effects for each of these ids
     */
    List<EffectStatus> findDone(TenantId tenant, Collection<String> providerIds, Instant settledAfter, int limit);

    /** The effects claimed in that time whose outcome is not known, without those that wait for a person. */
    List<EffectStatus> findOpen(TenantId tenant, Instant after, Instant until);

    /** The response of an effect that is {@link EffectState#DONE}. */
    JsonNode response(TenantId tenant, String key);

    /**
     * Settles an effect with an unknown outcome, after a person looked it up at the provider.
     *
     * @param response as the function would have returned it
     * @return false when the outcome is known already
     */
    boolean confirmDone(EffectKey key, JsonNode response);

    /**
     * Lets an effect with an unknown outcome be sent again, after a person looked it up at the provider.
     *
     * @return false when the outcome is known already
     */
    boolean confirmNotDone(EffectKey key);

    /** Removes personal data: provider ids, responses and error sentences. Keys, states and reasons stay. */
    void erase(TenantId tenant, Collection<EffectOrigin> origins);
}
