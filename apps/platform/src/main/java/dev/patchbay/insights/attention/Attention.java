package dev.patchbay.insights.attention;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.flows.run.DeadLetters;
import dev.patchbay.ingress.dispatch.Backlog;
import dev.patchbay.ingress.dispatch.Backlog.UnmappedRoute;
import dev.patchbay.insights.attention.AttentionLine.Action;
import dev.patchbay.insights.attention.AttentionLine.Kind;
import dev.patchbay.insights.attention.AttentionLine.Operation;
import dev.patchbay.insights.attention.AttentionLine.Severity;
import dev.patchbay.insights.calls.CallFilter;
import dev.patchbay.insights.calls.Calls;
import dev.patchbay.kernel.TenantScope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Collects the things that need a person now, the most urgent first. */
@Service
public class Attention {

    private static final int MAX_CONNECTIONS = 200;
    private static final int MAX_ROUTES = 20;

    private final Calls calls;
    private final DeadLetters deadLetters;
    private final ConnectedAccounts connections;
    private final Backlog backlog;

    Attention(Calls calls, DeadLetters deadLetters, ConnectedAccounts connections, Backlog backlog) {
        this.calls = calls;
        this.deadLetters = deadLetters;
        this.connections = connections;
        this.backlog = backlog;
    }

    /**
     * The things that a reader may see.
     *
     * @param runs the scope of the calls and runs that are shown
     * @param operations whether dead letters are shown, which are for people of the agency
     * @param connections whether the tenant's connections are shown
     * @param ingress whether events without a client are shown
     */
    public record Reach(TenantScope runs, boolean operations, boolean connections, boolean ingress) {}

    /**
     * @param counts the number of things of each kind that the reader may see; calls are counted up to {@link Calls#MAX_COUNT}
     */
    public record Summary(Map<Kind, Long> counts, List<AttentionLine> lines) {}

    /**
     * Finds the things that need a person.
     *
     * @param client the only client whose lines are returned; the tenant's own lines are then left out
     */
    public Summary find(Reach reach, Optional<String> client) {
        var lines = Stream.of(
                        reach.connections() && client.isEmpty() ? unhealthy(reach.runs()) : Stream.<AttentionLine>of(),
                        reach.operations() ? deadLetters(reach.runs(), client) : Stream.<AttentionLine>of(),
                        waitingCalls(reach.runs(), client),
                        reach.ingress() && client.isEmpty() ? unattributed(reach.runs()) : Stream.<AttentionLine>of())
                .flatMap(some -> some)
                .toList();
        var counts = new EnumMap<Kind, Long>(Kind.class);
        lines.forEach(line -> counts.merge(line.kind(), line.count(), Long::sum));
        return new Summary(counts, lines);
    }

    private Stream<AttentionLine> unhealthy(TenantScope scope) {
        return connections.list(scope.tenant(), MAX_CONNECTIONS, "").items().stream()
                .filter(connection -> connection.state() == ConnectionState.UNHEALTHY
                        || connection.state() == ConnectionState.NEEDS_SECRET)
                .map(Attention::unhealthy);
    }

    private static AttentionLine unhealthy(ConnectionView connection) {
        boolean rejected = connection.state() == ConnectionState.UNHEALTHY;
        return new AttentionLine(
                Kind.CONNECTION_UNHEALTHY,
                rejected ? Severity.BAD : Severity.WARNING,
                connection.name() + (rejected ? ": the credentials were rejected" : ": credentials are missing"),
                connection.sentence(),
                1,
                connection.since(),
                new Action(Operation.RECONNECT, "GET", "/connections/" + connection.id(), Map.of()));
    }

    private Stream<AttentionLine> deadLetters(TenantScope scope, Optional<String> client) {
        return deadLetters.groups(scope, client.orElse(null)).stream()
                .map(group -> new AttentionLine(
                        Kind.DEAD_LETTERS,
                        Severity.BAD,
                        group.runs() + (group.runs() == 1 ? " run stopped" : " runs stopped"),
                        group.meaning(),
                        group.runs(),
                        group.oldest(),
                        new Action(Operation.REPLAY, "POST", "/runs/replays?preview=true", replay(group, client))));
    }

    private static Map<String, String> replay(DeadLetters.Group group, Optional<String> client) {
        String reason = group.reason().code();
        return client.map(id -> Map.of("reason", reason, "client", id)).orElseGet(() -> Map.of("reason", reason));
    }

    private Stream<AttentionLine> waitingCalls(TenantScope scope, Optional<String> client) {
        var filter = CallFilter.ofClient(client);
        String suffix = client.map(id -> "&client=" + id).orElse("");
        return Stream.of(
                        new AttentionLine(
                                Kind.QUESTION,
                                Severity.WARNING,
                                "Decisions are due",
                                "Calls wait for an approval, or for somebody to find out what happened.",
                                calls.countQuestions(scope, filter),
                                null,
                                new Action(Operation.REVIEW, "GET", "/calls?outcome=needs_person" + suffix, Map.of())),
                        new AttentionLine(
                                Kind.CALL_BACKS,
                                Severity.WARNING,
                                "Callers to call back",
                                "They did not get what they asked for.",
                                calls.countCallBacks(scope, filter),
                                null,
                                new Action(Operation.CALL_BACK, "GET", "/calls?callBack=true" + suffix, Map.of())))
                .filter(line -> line.count() > 0);
    }

    private Stream<AttentionLine> unattributed(TenantScope scope) {
        return backlog.listUnmappedRoutes(scope.tenant(), MAX_ROUTES).stream().map(Attention::unattributed);
    }

    private static AttentionLine unattributed(UnmappedRoute route) {
        return new AttentionLine(
                Kind.UNATTRIBUTED,
                Severity.WARNING,
                "The " + route.kind() + " " + route.externalId() + " belongs to no client",
                "Its events wait until it is mapped.",
                route.events(),
                null,
                new Action(
                        Operation.MAP,
                        "PUT",
                        "/ingress/routes",
                        Map.of(
                                "connectionId", route.connectionId().value(),
                                "kind", route.kind(),
                                "externalId", route.externalId())));
    }
}
