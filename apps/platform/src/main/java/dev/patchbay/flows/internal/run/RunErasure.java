package dev.patchbay.flows.internal.run;

import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Erases people from runs: inputs, outputs and exchanges go; functions, statuses and times stay. */
@Component
class RunErasure implements PersonalData {

    private final RunErasureRepository runs;

    RunErasure(RunErasureRepository runs) {
        this.runs = runs;
    }

    @Override
    public int underWay(TenantScope scope, Set<String> persons, Set<String> eventIds) {
        return runs.lockOpen(scope, persons, eventIds).length;
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<String> eventIds) {
        var ended = runs.lockEnded(scope, persons, eventIds);
        return Map.of("runs", runs.erase(scope.tenant(), ended));
    }
}
