package dev.patchbay.flows.internal.history;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.flows.RunHistory;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
class RunHistoryService implements RunHistory {

    private final Tenancy tenancy;
    private final Effects effects;
    private final ConversationRepository conversations;
    private final RunHistoryRepository history;

    RunHistoryService(
            Tenancy tenancy, Effects effects, ConversationRepository conversations, RunHistoryRepository history) {
        this.tenancy = tenancy;
        this.effects = effects;
        this.conversations = conversations;
        this.history = history;
    }

    @Override
    public List<Conversation> find(TenantScope scope, SearchKeys keys, int limitEach) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var done = effects.findDone(scope.tenant(), keys.providerIds(), Instant.EPOCH, limitEach);
            return conversations.find(scope, keys, done, limitEach);
        });
    }

    @Override
    public History read(TenantScope scope, Set<CorrelationId> correlations) {
        return tenancy.inTenant(scope.tenant(), () -> {
            List<RunEntry> runs = history.findRuns(scope, correlations);
            List<InvocationEntry> invocations = history.findInvocations(scope, correlations);
            return new History(
                    runs,
                    history.findSteps(scope, runs),
                    history.findAttempts(scope, runs),
                    effects.findByOrigins(scope.tenant(), origins(runs, invocations), RunHistoryRepository.MAX_ROWS),
                    invocations);
        });
    }

    private static Set<EffectOrigin> origins(List<RunEntry> runs, List<InvocationEntry> invocations) {
        return Stream.concat(
                        runs.stream().map(run -> new EffectOrigin.Run(run.id())),
                        invocations.stream()
                                .map(InvocationEntry::callId)
                                .filter(id -> !id.isEmpty())
                                .map(EffectOrigin.LiveCall::new))
                .collect(Collectors.toUnmodifiableSet());
    }
}
