package dev.patchbay.insights.calls;

import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Erases people from the read model of calls: numbers, names and times go; outcomes and lengths stay, so no figure changes. */
@Component
class CallErasure implements PersonalData {

    private final CallRepository calls;

    CallErasure(CallRepository calls) {
        this.calls = calls;
    }

    /** The events and runs that the calls follow from are counted where they are. */
    @Override
    public int countUnfinished(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        return 0;
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        return Map.of("calls", calls.erase(scope.tenant(), scope.scoped(), persons));
    }
}
