package dev.patchbay.livecalls.internal;

import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.livecalls.LiveCallHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class LiveCallHistoryService implements LiveCallHistory {

    private final Tenancy tenancy;
    private final CallerDigests callers;
    private final LiveCallHistoryRepository repository;

    LiveCallHistoryService(Tenancy tenancy, CallerDigests callers, LiveCallHistoryRepository repository) {
        this.tenancy = tenancy;
        this.callers = callers;
        this.repository = repository;
    }

    @Override
    public Map<CorrelationId, Instant> findConversations(TenantScope scope, CallKeys keys, int limitEach) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> repository.findConversations(scope, keys, callers.find(scope, keys.phones()), limitEach));
    }

    @Override
    public List<InvocationEntry> read(TenantScope scope, Set<CorrelationId> correlations) {
        return tenancy.inTenant(scope.tenant(), () -> repository.findInvocations(scope, correlations));
    }
}
