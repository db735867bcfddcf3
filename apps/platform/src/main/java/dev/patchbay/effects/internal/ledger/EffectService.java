package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

@Component
class EffectService implements Effects {

    /** People may ask for at most this number of repeats of one effect. */
    private static final int MAX_GENERATIONS = 100;

    private final EffectRepository effectRepository;
    private final EffectQueryRepository queries;
    private final List<EffectObserver> observers;
    private final Tenancy tenancy;

    EffectService(
            EffectRepository effectRepository,
            EffectQueryRepository queries,
            List<EffectObserver> observers,
            Tenancy tenancy) {
        this.effectRepository = effectRepository;
        this.queries = queries;
        this.observers = observers;
        this.tenancy = tenancy;
    }

    @Override
    public Map<String, EffectStatus> find(TenantId tenant, Collection<String> keys) {
        return tenancy.inTenant(tenant, () -> queries.find(tenant, keys)).stream()
                .collect(Collectors.toMap(EffectStatus::key, Function.identity()));
    }

    @Override
    public Optional<EffectStatus> find(EffectKey key) {
        return Optional.ofNullable(find(key.tenant(), List.of(key.text())).get(key.text()));
    }

    @Override
    public Optional<EffectStatus> findNewest(EffectKey key) {
        return find(key.tenant(), generations(key)).values().stream()
                .max(Comparator.comparingInt((EffectStatus effect) ->
                        EffectKey.of(key.tenant(), key.origin(), effect.key()).generation()));
    }

    private static List<String> generations(EffectKey key) {
        return IntStream.range(0, MAX_GENERATIONS)
                .mapToObj(generation -> key.generationPrefix() + generation)
                .toList();
    }

    @Override
    public List<EffectStatus> findByOrigins(TenantId tenant, Collection<EffectOrigin> origins, int limit) {
        return tenancy.inTenant(tenant, () -> queries.findByOrigins(tenant, origins, limit));
    }

    @Override
    public List<EffectStatus> findDone(
            TenantId tenant, Collection<String> providerIds, Instant settledAfter, int limit) {
        return tenancy.inTenant(tenant, () -> queries.findDone(tenant, providerIds, settledAfter, limit));
    }

    @Override
    public List<EffectStatus> findOpen(TenantId tenant, Instant after, Instant until) {
        return tenancy.inTenant(tenant, () -> queries.findOpen(tenant, after, until));
    }

    @Override
    public JsonNode response(TenantId tenant, String key) {
        return tenancy.inTenant(tenant, () -> queries.response(tenant, key));
    }

    @Override
    public boolean confirmDone(EffectKey key, JsonNode response) {
        return tenancy.inTenant(key.tenant(), () -> {
            boolean settled = effectRepository.confirmDone(key, response);
            if (settled) {
                observers.forEach(it -> it.onDone(key, response));
            }
            return settled;
        });
    }

    @Override
    public boolean confirmNotDone(EffectKey key) {
        return tenancy.inTenant(key.tenant(), () -> {
            boolean settled = effectRepository.confirmNotDone(key);
            if (settled) {
                observers.forEach(it -> it.onNotDone(key));
            }
            return settled;
        });
    }

    @Override
    public void erase(TenantId tenant, Collection<EffectOrigin> origins) {
        tenancy.inTenant(tenant, () -> effectRepository.erase(tenant, origins));
    }
}
