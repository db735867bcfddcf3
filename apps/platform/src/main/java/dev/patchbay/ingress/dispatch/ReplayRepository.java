package dev.patchbay.ingress.dispatch;

import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Selects events whose status is replayable and makes them ready again; in the tenant's transaction. */
@Repository
class ReplayRepository {

    /**
     * The maximum number of events in one replay. For more, repeat the request: each response says how many events were
     * taken.
     */
    static final int MAX_EVENTS = 10_000;

    private static final String SELECTION = """
            SELECT d.event_id, row_number() OVER (ORDER BY d.received_at, d.event_id) AS place
            FROM patchbay.event_dispatch d
            JOIN patchbay.event e ON e.tenant_id = d.tenant_id AND e.event_id = d.event_id
            WHERE d.tenant_id = :tenant AND d.state IN ('DONE', 'FAILED') AND e.erased_at IS NULL
              AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))
              AND (:idCount::int = 0 OR d.event_id = ANY (:ids))
              AND (:type::text IS NULL OR e.type = :type)
              AND (:client::text IS NULL OR e.client_id = :client)
              AND (:connection::text IS NULL OR e.connection_id = :connection)
              AND (:state::text IS NULL OR d.state = :state)
              AND (:from::timestamptz IS NULL OR d.received_at >= :from)
              AND (:to::timestamptz IS NULL OR d.received_at < :to)
            ORDER BY place LIMIT :limit""";

    private final JdbcClient jdbc;

    ReplayRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The selected events, oldest first. */
    List<EventId> select(TenantScope scope, ReplayQuery query) {
        return bind(jdbc.sql(SELECTION), scope, query)
                .query((row, number) -> new EventId(row.getString("event_id")))
                .list();
    }

    /**
     * Makes the selected events ready, oldest first.
     *
     * @param perSecond events that become due in each second
     * @return the number of events
     */
    int replay(TenantScope scope, ReplayQuery query, int perSecond) {
        String update = "WITH chosen AS (" + SELECTION + """
                )
                UPDATE patchbay.event_dispatch d
                SET state = 'READY', max_attempts = d.attempts + 20,
                  ready_at = clock_timestamp() + (chosen.place - 1) * interval '1 second' / :rate
                FROM chosen
                WHERE d.tenant_id = :tenant AND d.event_id = chosen.event_id AND d.state IN ('DONE', 'FAILED')""";
        return bind(jdbc.sql(update), scope, query).param("rate", perSecond).update();
    }

    private static StatementSpec bind(StatementSpec statement, TenantScope scope, ReplayQuery query) {
        return statement
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("idCount", query.ids().size())
                .param("ids", query.ids().stream().map(EventId::value).toArray(String[]::new))
                .param("type", query.type().orElse(null))
                .param("client", query.client().orElse(null))
                .param("connection", query.connection().orElse(null))
                .param("state", query.status().map(Enum::name).orElse(null))
                .param("from", query.from().map(ReplayRepository::utc).orElse(null))
                .param("to", query.to().map(ReplayRepository::utc).orElse(null))
                .param("limit", MAX_EVENTS);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
