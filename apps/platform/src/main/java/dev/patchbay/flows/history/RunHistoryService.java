package dev.patchbay.flows.history;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class RunHistoryService implements RunHistory {

    private final Tenancy tenancy;
    private final ConversationRepository conversations;
    private final RunHistoryRepository history;
    private final TriggerMissQueryRepository misses;

    RunHistoryService(
            Tenancy tenancy,
            ConversationRepository conversations,
            RunHistoryRepository history,
            TriggerMissQueryRepository misses) {
        this.tenancy = tenancy;
        this.conversations = conversations;
        this.history = history;
        this.misses = misses;
    }

    @Override
    public Map<CorrelationId, Instant> findConversations(TenantScope scope, RunKeys keys, int limitEach) {
        return tenancy.inTenant(scope.tenant(), () -> conversations.find(scope, keys, limitEach));
    }

    @Override
    public History read(TenantScope scope, Set<CorrelationId> correlations) {
        return tenancy.inTenant(scope.tenant(), () -> {
            List<RunEntry> runs = history.findRuns(scope, correlations);
            return new History(
                    runs,
                    history.findSteps(scope, runs),
                    history.findAttempts(scope, runs),
                    misses.find(scope, correlations));
        });
    }

    @Override
    public Optional<Booking> findLastBooking(TenantId tenant, ClientId client, PhoneNumber phone) {
        return tenancy.inTenant(tenant, () -> conversations.findLastBooking(tenant, client, phone));
    }
}
