package dev.patchbay.insights.internal;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Effects;
import dev.patchbay.flows.history.RunHistory;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.RunKeys;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.livecalls.LiveCallHistory;
import dev.patchbay.livecalls.LiveCallHistory.CallKeys;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Reads the histories of runs, live calls and effects as one. */
@Component
class HistoryLoader {

    /** Older effects are left out. */
    private static final int MAX_EFFECTS = 2_000;

    private final RunHistory runs;
    private final LiveCallHistory liveCalls;
    private final Effects effects;

    HistoryLoader(RunHistory runs, LiveCallHistory liveCalls, Effects effects) {
        this.runs = runs;
        this.liveCalls = liveCalls;
        this.effects = effects;
    }

    /**
     * The conversations that match any of the keys, each with the time of its latest match.
     *
     * @param limitEach most matches of each key, the latest first
     */
    Map<CorrelationId, Instant> findConversations(TenantScope scope, SearchKeys keys, int limitEach) {
        var done = effects.findDone(scope.tenant(), keys.providerIds(), Instant.EPOCH, limitEach);
        var found = new HashMap<>(
                runs.findConversations(scope, new RunKeys(keys.phones(), keys.runIds(), done), limitEach));
        liveCalls
                .findConversations(scope, new CallKeys(keys.phones(), keys.callIds(), done), limitEach)
                .forEach((correlation, at) -> found.merge(correlation, at, HistoryLoader::later));
        return found;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** All runs, effects and live function calls of these conversations. */
    History read(TenantScope scope, Set<CorrelationId> correlations) {
        var history = runs.read(scope, correlations);
        var invocations = liveCalls.read(scope, correlations);
        return new History(
                history.runs(),
                history.steps(),
                history.attempts(),
                effects.findByOrigins(scope.tenant(), origins(history.runs(), invocations), MAX_EFFECTS),
                invocations,
                history.misses());
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
