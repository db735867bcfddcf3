package dev.patchbay.insights.calls;

import dev.patchbay.ingress.spi.PersonalData;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Erases personal data from the read model of calls. Numbers, names and times are erased; outcomes and lengths stay, so no
 * figure changes.
 */
@Component
class CallErasure implements PersonalData {

    private final CallRepository calls;
    private final CallMarkRepository marks;

    CallErasure(CallRepository calls, CallMarkRepository marks) {
        this.calls = calls;
        this.marks = marks;
    }

    /** Counts nothing, because the events and runs behind the calls are counted by the contexts that own them. */
    @Override
    public int countUnfinished(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        return 0;
    }

    @Override
    public Map<String, Integer> erase(TenantScope scope, Set<String> persons, Set<EventId> eventIds) {
        // A call that is being written from facts that are not erased yet is stored first, then erased.
        marks.lock(scope.tenant());
        return Map.of("calls", calls.erase(scope.tenant(), scope.scoped(), persons));
    }
}
