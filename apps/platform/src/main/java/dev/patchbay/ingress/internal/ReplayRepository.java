package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.ReplayQuery;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Chooses events that every consumer has taken or one has refused to the end, and makes them ready again. */
@Repository
public class ReplayRepository {

    /** A larger replay is made of several: its answer says what was taken. */
    public static final int MOST = 10_000;

    private static final String CHOSEN = """
            SELECT d.event_id, row_number() OVER (ORDER BY d.received_at, d.event_id) AS place
            FROM patchbay.event_dispatch d
            JOIN patchbay.event e ON e.tenant_id = d.tenant_id AND e.event_id = d.event_id
            WHERE d.tenant_id = :tenant AND d.state IN ('DONE', 'FAILED') AND e.erased_at IS NULL
              AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))
              AND (:named::int = 0 OR d.event_id = ANY (:ids))
              AND (:type::text IS NULL OR e.type = :type)
              AND (:client::text IS NULL OR e.client_id = :client)
              AND (:connection::text IS NULL OR e.connection_id = :connection)
              AND (:state::text IS NULL OR d.state = :state)
              AND (:from::timestamptz IS NULL OR d.received_at >= :from)
              AND (:to::timestamptz IS NULL OR d.received_at < :to)
            ORDER BY place LIMIT :most""";

    private final JdbcClient jdbc;

    ReplayRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The ids of what would be replayed, oldest first; in the tenant's transaction. */
    public List<String> choose(TenantScope scope, ReplayQuery query) {
        return narrowed(jdbc.sql(CHOSEN), scope, query)
                .query((row, number) -> row.getString("event_id"))
                .list();
    }

    /** Makes them ready, so many a second, oldest first; how many. In the tenant's transaction. */
    public int replay(TenantScope scope, ReplayQuery query, int perSecond) {
        String update = "WITH chosen AS (" + CHOSEN + """
                )
                UPDATE patchbay.event_dispatch d
                SET state = 'READY', give_up_at = d.attempts + 20,
                  ready_at = clock_timestamp() + (chosen.place - 1) * interval '1 second' / :rate
                FROM chosen
                WHERE d.tenant_id = :tenant AND d.event_id = chosen.event_id AND d.state IN ('DONE', 'FAILED')""";
        return narrowed(jdbc.sql(update), scope, query).param("rate", perSecond).update();
    }

    private static StatementSpec narrowed(StatementSpec statement, TenantScope scope, ReplayQuery query) {
        return statement
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("named", query.ids().size())
                .param("ids", query.ids().toArray(new String[0]))
                .param("type", query.type().orElse(null))
                .param("client", query.client().orElse(null))
                .param("connection", query.connection().orElse(null))
                .param("state", query.status().map(Enum::name).orElse(null))
                .param("from", query.from().map(ReplayRepository::utc).orElse(null))
                .param("to", query.to().map(ReplayRepository::utc).orElse(null))
                .param("most", MOST);
    }

    private static java.time.OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
