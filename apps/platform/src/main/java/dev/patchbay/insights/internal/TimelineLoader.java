package dev.patchbay.insights.internal;

import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventRelations;
import dev.patchbay.ingress.Events;
import dev.patchbay.insights.Subject;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Loads what belongs to a timeline: the conversations that match the subject, their runs, effects and live function calls,
 * the events that these caused, the conversations of those events, and so on.
 */
@Component
class TimelineLoader {

    /** The maximum number of events for each search key, and of conversations in a timeline; the latest are loaded. */
    static final int MAX_CONVERSATIONS = 50;

    /** One round leads from an event to the runs that it started, so a chain of this many flows is followed. */
    private static final int MAX_ROUNDS = 7;

    private final SearchKeyExtractor searchKeyExtractor;
    private final Events events;
    private final HistoryLoader historyLoader;

    TimelineLoader(SearchKeyExtractor searchKeyExtractor, Events events, HistoryLoader historyLoader) {
        this.searchKeyExtractor = searchKeyExtractor;
        this.events = events;
        this.historyLoader = historyLoader;
    }

    public TimelineData load(TenantScope scope, Subject subject) {
        var search = searchKeyExtractor.extract(scope, subject);
        var loaded = new LinkedHashMap<String, Event>();
        add(loaded, events.findRelated(scope, search.relations(), MAX_CONVERSATIONS));
        add(
                loaded,
                events.findRelated(
                        scope, SearchKeyExtractor.contactRelations(search, loaded.values()), MAX_CONVERSATIONS));
        Map<CorrelationId, Instant> matches = historyLoader.findConversations(scope, search.keys(), MAX_CONVERSATIONS);
        List<CorrelationId> latest = latestFirst(loaded.values(), matches);
        var selected = new LinkedHashSet<>(latest.subList(0, Math.min(MAX_CONVERSATIONS, latest.size())));
        selected.addAll(search.correlations());
        loaded.values().removeIf(event -> !selected.contains(event.correlation()));
        var history = followCauses(scope, loaded, selected);
        selected.retainAll(correlations(loaded.values(), history));
        return new TimelineData(
                List.copyOf(selected), latest.size() < MAX_CONVERSATIONS, List.copyOf(loaded.values()), history);
    }

    private static Set<CorrelationId> correlations(Collection<Event> events, History history) {
        return Stream.of(
                        events.stream().map(Event::correlation),
                        history.runs().stream().map(RunEntry::correlation),
                        history.invocations().stream().map(InvocationEntry::correlation))
                .flatMap(Function.identity())
                .collect(Collectors.toSet());
    }

    private static List<CorrelationId> latestFirst(Collection<Event> events, Map<CorrelationId, Instant> matches) {
        Map<CorrelationId, Instant> latest = new HashMap<>(matches);
        events.forEach(event -> latest.merge(event.correlation(), event.receivedAt(), HistoryLoader::later));
        return latest.entrySet().stream()
                .sorted(Map.Entry.<CorrelationId, Instant>comparingByValue()
                        .reversed()
                        .thenComparing(entry -> entry.getKey().value()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Adds to both what the selected conversations caused. */
    private History followCauses(TenantScope scope, Map<String, Event> loaded, Set<CorrelationId> selected) {
        var parts = new ArrayList<History>();
        Set<CorrelationId> unread = new HashSet<>(selected);
        for (int round = 0; round < MAX_ROUNDS && !unread.isEmpty(); round++) {
            var history = historyLoader.read(scope, unread);
            parts.add(history);
            add(loaded, events.findRelated(scope, effectsOf(history, unread), MAX_CONVERSATIONS));
            unread = loaded.values().stream()
                    .map(Event::correlation)
                    .filter(correlation -> !selected.contains(correlation))
                    .collect(Collectors.toSet());
            selected.addAll(unread);
        }
        return merge(parts);
    }

    private static EventRelations effectsOf(History history, Set<CorrelationId> correlations) {
        return new EventRelations(
                Set.of(),
                ownResources(history),
                correlations.stream().map(CorrelationId::value).collect(Collectors.toSet()),
                origins(history));
    }

    /** Runs and calls, as the events that they caused name them. */
    private static Set<String> origins(History history) {
        return Stream.concat(
                        history.runs().stream().map(run -> run.id().value()),
                        history.invocations().stream().map(call -> "live:" + call.callId()))
                .collect(Collectors.toSet());
    }

    /** Calls, appointments and texts. A contact outlives the call and has conversations that do not belong here. */
    private static Set<String> ownResources(History history) {
        Map<String, String> functions = FunctionLabels.functionsByEffect(history);
        return Stream.concat(
                        history.invocations().stream().map(InvocationEntry::callId),
                        history.effects().stream()
                                .filter(effect -> !FunctionLabels.functionOf(functions, effect)
                                        .startsWith("crm."))
                                .map(effect -> effect.providerId() == null ? "" : effect.providerId()))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    private static void add(Map<String, Event> loaded, List<Event> more) {
        more.forEach(event -> loaded.putIfAbsent(event.id().value(), event));
    }

    private static History merge(List<History> parts) {
        return new History(
                parts.stream().flatMap(part -> part.runs().stream()).toList(),
                parts.stream().flatMap(part -> part.steps().stream()).toList(),
                parts.stream().flatMap(part -> part.attempts().stream()).toList(),
                parts.stream()
                        .flatMap(part -> part.effects().stream())
                        .distinct()
                        .toList(),
                parts.stream().flatMap(part -> part.invocations().stream()).toList(),
                parts.stream().flatMap(part -> part.misses().stream()).toList());
    }
}
