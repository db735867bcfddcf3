package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory;
import dev.patchbay.flows.RunHistory.Found;
import dev.patchbay.flows.RunHistory.Trail;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventRelations;
import dev.patchbay.ingress.Events;
import dev.patchbay.insights.Subject;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * Finds what belongs together: from what was asked for to conversations (correlation ids), from these to their runs, acts
 * and live questions, from these to the events that they brought about, and so on, for as many rounds as flows may follow
 * from one another.
 */
@Component
public class TimelineLoader {

    /** So many of the latest of each kind are looked at, and so many conversations told of. */
    static final int MOST = 50;

    private static final int ROUNDS = 7;

    private final SearchKeyExtractor searchKeyExtractor;
    private final Events events;
    private final RunHistory runHistory;

    TimelineLoader(SearchKeyExtractor searchKeyExtractor, Events events, RunHistory runHistory) {
        this.searchKeyExtractor = searchKeyExtractor;
        this.events = events;
        this.runHistory = runHistory;
    }

    public TimelineData gather(TenantScope scope, Subject subject) {
        var clues = searchKeyExtractor.of(scope, subject);
        var found = new LinkedHashMap<String, Event>();
        add(found, events.findRelated(scope, clues.relations(), MOST));
        add(found, events.findRelated(scope, searchKeyExtractor.contactsIn(clues, found.values()), MOST));
        List<Found> conversations = runHistory.find(scope, clues.trails(), MOST);
        List<String> latest = latest(found.values(), conversations);
        var chosen = new LinkedHashSet<>(latest.subList(0, Math.min(MOST, latest.size())));
        chosen.addAll(clues.relations().correlations());
        found.values().removeIf(event -> !chosen.contains(event.correlation().value()));
        var trail = follow(scope, found, chosen);
        chosen.retainAll(known(found.values(), trail));
        return new TimelineData(List.copyOf(chosen), latest.size() < MOST, List.copyOf(found.values()), trail);
    }

    private static Set<String> known(Collection<Event> events, Trail trail) {
        return Stream.of(
                        events.stream().map(event -> event.correlation().value()),
                        trail.runs().stream().map(RunHistory.RunTrail::correlationId),
                        trail.lives().stream().map(RunHistory.LiveTrail::correlationId))
                .flatMap(Function.identity())
                .collect(Collectors.toSet());
    }

    private static List<String> latest(Collection<Event> events, List<Found> conversations) {
        Map<String, Instant> newest = new HashMap<>();
        Stream.concat(
                        events.stream()
                                .map(event -> new Found(event.correlation().value(), event.receivedAt())),
                        conversations.stream())
                .forEach(each -> newest.merge(
                        each.correlationId(), each.at(), (one, other) -> one.isAfter(other) ? one : other));
        return newest.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue()
                        .reversed()
                        .thenComparing(Comparator.comparing(Map.Entry::getKey)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Adds to both what follows from the chosen conversations. */
    private Trail follow(TenantScope scope, Map<String, Event> found, Set<String> chosen) {
        var parts = new ArrayList<Trail>();
        Set<String> unread = new HashSet<>(chosen);
        for (int round = 0; round < ROUNDS && !unread.isEmpty(); round++) {
            var trail = runHistory.read(scope, unread);
            parts.add(trail);
            add(found, events.findRelated(scope, broughtAbout(trail, unread), MOST));
            unread = found.values().stream()
                    .map(event -> event.correlation().value())
                    .filter(correlation -> !chosen.contains(correlation))
                    .collect(Collectors.toSet());
            chosen.addAll(unread);
        }
        return merged(parts);
    }

    private static EventRelations broughtAbout(Trail trail, Set<String> correlations) {
        return new EventRelations(Set.of(), ownThings(trail), correlations, origins(trail));
    }

    /** Runs and calls, by the names that echoes bear. */
    private static Set<String> origins(Trail trail) {
        return Stream.concat(
                        trail.runs().stream().map(RunHistory.RunTrail::id),
                        trail.lives().stream().map(live -> "live:" + live.callId()))
                .collect(Collectors.toSet());
    }

    /** Calls, and appointments and texts that were made; a contact outlives the call and has stories of its own. */
    private static Set<String> ownThings(Trail trail) {
        Map<String, String> functions = FunctionLabels.byEffect(trail);
        return Stream.concat(
                        trail.lives().stream().map(RunHistory.LiveTrail::callId),
                        trail.effects().stream()
                                .filter(effect ->
                                        !FunctionLabels.of(functions, effect).startsWith("crm."))
                                .map(effect -> effect.providerId() == null ? "" : effect.providerId()))
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
    }

    private static void add(Map<String, Event> found, List<Event> more) {
        more.forEach(event -> found.putIfAbsent(event.id().value(), event));
    }

    private static Trail merged(List<Trail> parts) {
        return new Trail(
                parts.stream().flatMap(part -> part.runs().stream()).toList(),
                parts.stream().flatMap(part -> part.steps().stream()).toList(),
                parts.stream().flatMap(part -> part.attempts().stream()).toList(),
                parts.stream()
                        .flatMap(part -> part.effects().stream())
                        .distinct()
                        .toList(),
                parts.stream().flatMap(part -> part.lives().stream()).toList());
    }
}
