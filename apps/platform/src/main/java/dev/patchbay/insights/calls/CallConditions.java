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
 * A filter as conditions on the columns of {@code call c} and their parameters. Only the conditions that apply are written, so that
 * the planner knows which index serves them; none holds a text of the request.
 */
final class CallConditions {

    private final List<String> conditions = new ArrayList<>(List.of("c.tenant_id = :tenant"));
    private final Map<String, Object> parameters = new TreeMap<>();
    private final String @Nullable [] clients;

    private CallConditions(TenantScope scope, Optional<String> client) {
        this.clients = clients(scope, client);
        parameters.put("tenant", scope.tenant().value());
    }

    /** Null: every client of the tenant. */
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

    /** The day is the client's and no part of the index by time, which a day of slack on either side lets serve all the same. */
    private void addFrom(LocalDate from) {
        add("c.day >= :from::date AND c.called_at >= :from::date - interval '1 day'", "from", from.toString());
    }

    private void addTo(LocalDate to) {
        add("c.day <= :to::date AND c.called_at < :to::date + interval '2 days'", "to", to.toString());
    }

    private void addSearch(String condition, Map<String, String> values) {
        conditions.add(condition);
        parameters.putAll(values);
    }

    /** Only calls that the list shows after this one. */
    CallConditions after(CallCursor cursor) {
        add(
                "c.called_at <= :afterTime::timestamptz AND (c.called_at < :afterTime::timestamptz OR c.call_id < :afterCall)",
                "afterTime",
                cursor.calledAt().toString());
        parameters.put("afterCall", cursor.callId());
        return this;
    }

    /** A limit of rows for {@link #select}. */
    CallConditions limit(int limit) {
        parameters.put("limit", limit);
        return this;
    }

    /**
     * The newest calls. With several clients each client's newest are found by the index of its own and merged, because an index of
     * all calls would be searched through the calls of others.
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
