package dev.patchbay.audit;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads audit entries within the tenant's transaction. */
@Component
class AuditTrailRepository {

    private final JdbcClient jdbc;

    AuditTrailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lists entries, newest first. */
    List<AuditEntry> list(TenantScope scope, AuditQuery query, int limit) {
        var action = query.action();
        return jdbc.sql("""
                        SELECT * FROM patchbay.audit_entry
                        WHERE tenant_id = :tenant
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                          AND (:actor::text IS NULL OR actor = :actor)
                          AND (:action::text IS NULL OR action = :action)
                          AND (:actions::text IS NULL OR starts_with(action, :actions))
                          AND (:resource::text IS NULL OR resource = :resource)
                          AND (:correlation::text IS NULL OR correlation_id = :correlation)
                          AND (:from::text IS NULL OR entry_id >= :from)
                          AND (:to::text IS NULL OR entry_id < :to)
                          AND (:after::text IS NULL OR entry_id < :after)
                        ORDER BY entry_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", query.client().orElse(null))
                .param("actor", query.actor().orElse(null))
                .param("action", action.filter(name -> !name.endsWith(".")).orElse(null))
                .param("actions", action.filter(name -> name.endsWith(".")).orElse(null))
                .param("resource", query.resource().orElse(null))
                .param("correlation", query.correlationId().orElse(null))
                .param("from", firstIdAt(query.from()))
                .param("to", firstIdAt(query.to()))
                .param("after", query.after().orElse(null))
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** Returns the lowest id of that time. Ids begin with their time, so the primary key serves a time range too. */
    private static @Nullable String firstIdAt(Optional<Instant> time) {
        return time.map(instant -> Ids.lowestAt("aud", instant)).orElse(null);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        byte[] hash = row.getBytes("hash");
        return new AuditEntry(
                row.getString("entry_id"),
                row.getString("client_id"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("before_digest"),
                row.getString("after_digest"),
                row.getString("correlation_id"),
                row.getString("source_ip"),
                row.getString("user_agent"),
                row.getString("on_behalf_of"),
                row.getString("outcome"),
                row.getTimestamp("at").toInstant(),
                row.getObject("seq", Long.class),
                hash == null ? null : HexFormat.of().formatHex(hash));
    }
}
