package dev.patchbay.insights.calls;

import dev.patchbay.kernel.TenantScope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a filter into conditions on the columns of {@code call c} and their parameters. Only the conditions that apply are
 * written, so that the planner knows which index it can use. No condition contains text from the request.
 */
final class CallConditions {

    private final List<String> conditions = new ArrayList<>(List.of("c.tenant_id = :tenant"));
    private final Map<String, Object> parameters = new TreeMap<>();
    private final String @Nullable [] clients;

    private CallConditions(TenantScope scope, Optional<String> client) {
        this.clients = clients(scope, client);
        parameters.put("tenant", scope.tenant().value());
    }

    /** Returns the ids of the clients; null for every client of the tenant. */
    private static String @Nullable [] clients(TenantScope scope, Optional<String> client) {
        String[] scoped = scope.scoped();
        if (client.isEmpty()) {
            return scoped;
        }
        boolean visible = scoped == null || Set.of(scoped).contains(client.get());
        return visible ? new String[] {client.get()} : new String[0];
    }

    static CallConditions of(TenantScope scope, CallFilter filter) {
        var result = new CallConditions(scope, filter.client());
        result.add(filter);
        return result;
    }

    private void add(CallFilter filter) {
        if (filter.outcomes().size() == 1) {
            add(
                    "c.outcome = :outcome",
                    "outcome",
                    filter.outcomes().iterator().next().code());
        } else if (!filter.outcomes().isEmpty()) {
            add(
                    "c.outcome = ANY (:outcomes)",
                    "outcomes",
                    filter.outcomes().stream().map(CallOutcome::code).toArray(String[]::new));
        }
        filter.reason().ifPresent(reason -> add("c.reason = :reason", "reason", reason));
        filter.flow().ifPresent(flow -> add("c.flow_name = :flow", "flow", flow));
        if (filter.needsPerson()) {
            conditions.add("c.needs_person");
        }
        if (filter.callBack()) {
            conditions.add("(c.needs_person OR c.reason = 'no_slot') AND c.handled_at IS NULL");
        }
        filter.from().ifPresent(this::addFrom);
        filter.to().ifPresent(this::addTo);
        filter.search().ifPresent(text -> CallSearch.of(text).forEach(this::addSearch));
    }

    private void add(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
    }

    /**
     * Adds the first day. The day is the client's and is not part of the index by time, so one more day on either side is
     * allowed for, which lets the database use that index. The moments are {@code timestamptz}, because behind row-level
     * security the index is used for no other type.
     */
    private void addFrom(LocalDate from) {
        add("c.day >= :from::date", "from", from.toString());
        add("c.called_at >= :fromTime::timestamptz", "fromTime", from.minusDays(1) + "T00:00:00Z");
    }

    private void addTo(LocalDate to) {
        add("c.day <= :to::date", "to", to.toString());
        add("c.called_at < :toTime::timestamptz", "toTime", to.plusDays(2) + "T00:00:00Z");
    }

    private void addSearch(String condition, Map<String, String> values) {
        conditions.add(condition);
        parameters.putAll(values);
    }

    /** Adds the condition that only calls after this one in the list are selected. */
    CallConditions after(CallCursor cursor) {
        add(
                "c.called_at <= :afterTime::timestamptz AND (c.called_at < :afterTime::timestamptz OR c.call_id < :afterCall)",
                "afterTime",
                cursor.calledAt().toString());
        parameters.put("afterCall", cursor.callId());
        return this;
    }

    /** Sets the limit of rows for {@link #select}. */
    CallConditions limit(int limit) {
        parameters.put("limit", limit);
        return this;
    }

    /**
     * Returns the statement that selects the newest calls. With several clients, each client's newest calls are found by that
     * client's index entries and merged, because a search of the index of all calls would pass through the calls of other
     * clients.
     */
    String select(String columns) {
        String matching = "SELECT " + columns + " FROM patchbay.call c WHERE " + String.join(" AND ", conditions);
        String newest = " ORDER BY c.called_at DESC, c.call_id DESC LIMIT :limit";
        if (clients == null) {
            return matching + newest;
        }
        parameters.put("clients", clients);
        return "SELECT c.* FROM unnest(:clients::text[]) AS wanted (client) CROSS JOIN LATERAL (" + matching
                + " AND c.client_id = wanted.client" + newest + ") c" + newest;
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
