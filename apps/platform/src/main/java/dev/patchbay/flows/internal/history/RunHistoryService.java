package dev.patchbay.flows.internal.history;

import dev.patchbay.flows.RunHistory;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class RunHistoryService implements RunHistory {

    private final Tenancy tenancy;
    private final ConversationRepository conversations;
    private final RunHistoryRepository history;

    RunHistoryService(Tenancy tenancy, ConversationRepository conversations, RunHistoryRepository history) {
        this.tenancy = tenancy;
        this.conversations = conversations;
        this.history = history;
    }

    @Override
    public List<Conversation> find(TenantScope scope, SearchKeys keys, int limitEach) {
        return tenancy.inTenant(scope.tenant(), () -> conversations.find(scope, keys, limitEach));
    }

    @Override
    public History read(TenantScope scope, Set<CorrelationId> correlations) {
        return tenancy.inTenant(scope.tenant(), () -> history.read(scope, correlations));
    }
}
