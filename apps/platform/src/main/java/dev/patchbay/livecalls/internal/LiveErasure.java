package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.livecalls.internal.CallerDigests.CallerDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Erases people from what is stored of live calls. They are found by the digests of their phone numbers only. */
@Component
class LiveErasure implements PersonalData {

    private final CallerDigests callerDigests;
    private final Effects effects;
    private final LiveErasureRepository repository;

    LiveErasure(CallerDigests callerDigests, Effects effects, LiveErasureRepository repository) {
        this.callerDigests = callerDigests;
        this.effects = effects;
        this.repository = repository;
    }

    @Override
    public int countUnfinished(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        List<String> calls = repository.findCalls(scope.tenant(), digests(scope, persons));
        return repository.countOpenActions(scope.tenant(), calls);
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        var tenant = scope.tenant();
        List<byte[]> callers = digests(scope, persons);
        List<String> calls = repository.findCalls(tenant, callers);
        repository.eraseSettledActions(tenant, calls);
        effects.erase(
                tenant,
                calls.stream().<EffectOrigin>map(EffectOrigin.LiveCall::new).toList());
        repository.eraseInvocationsWithoutCaller(tenant, calls);
        return Map.of(
                "liveCalls", repository.eraseInvocations(tenant, callers),
                "rememberedCallers", repository.deleteCallers(tenant, callers));
    }

    private List<byte[]> digests(TenantScope scope, Set<String> persons) {
        List<PhoneNumber> phones = persons.stream()
                .flatMap(person -> PhoneNumber.read(person).stream())
                .toList();
        return callerDigests.find(scope, phones).stream()
                .map(CallerDigest::digest)
                .toList();
    }
}
