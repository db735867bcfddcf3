package dev.patchbay.effects;

import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the effect ledger for people, and records the decisions that they make in it. */
public interface Effects {

    /** Returns the effects by key; effects that were never claimed are left out. */
    Map<String, EffectStatus> find(TenantId tenant, Collection<String> keys);

    /** Returns the effect; empty when it was never claimed. */
    Optional<EffectStatus> find(EffectKey key);

    /** Returns the highest generation of the effect that was ever claimed. */
    Optional<EffectStatus> findNewest(EffectKey key);

    /** Returns the newest effects of these origins, the newest first. */
    List<EffectStatus> findByOrigins(TenantId tenant, Collection<EffectOrigin> origins, int limit);

    /**
     * Returns the effects that made, changed or removed something at a provider, the latest settled first.
     *
     * @param providerIds the provider's ids of the objects that they concern
     * @param limit the maximum number of effects for each of these ids
     */
    List<EffectStatus> findDone(TenantId tenant, Collection<String> providerIds, Instant settledAfter, int limit);

    /** Returns the effects claimed in that time whose outcome is unknown, without those that wait for a person. */
    List<EffectStatus> findOpen(TenantId tenant, Instant after, Instant until);

    /** Returns the response of an effect that is {@link EffectState#DONE}. */
    JsonNode response(TenantId tenant, String key);

    /**
     * Settles an effect with an unknown outcome, after a person looked it up at the provider.
     *
     * @param response the response that the function would have returned
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
