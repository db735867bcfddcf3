package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Erases people from runs: inputs, outputs and exchanges go; functions, statuses and times stay. */
@Component
class RunErasure implements PersonalData {

    private final RunErasureRepository runs;
    private final TriggerMissRepository misses;
    private final Effects effects;

    RunErasure(RunErasureRepository runs, TriggerMissRepository misses, Effects effects) {
        this.runs = runs;
        this.misses = misses;
        this.effects = effects;
    }

    @Override
    public int countUnfinished(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        return runs.lockOpen(scope, persons, eventIds).size();
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        misses.erase(scope.tenant(), eventIds);
        var ended = runs.lockEnded(scope, persons, eventIds);
        effects.erase(
                scope.tenant(),
                ended.stream().<EffectOrigin>map(EffectOrigin.Run::new).toList());
        return Map.of("runs", runs.erase(scope.tenant(), ended));
    }
}
