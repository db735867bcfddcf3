package dev.patchbay.audit;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was done, as far as a scope reaches. */
@Component
public class AuditTrail {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    AuditTrail(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Newest first, one more than the limit where there are more. */
    public List<AuditEntry> list(TenantScope scope, AuditQuery query) {
        var action = query.action();
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
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
                        .param(
                                "action",
                                action.filter(name -> !name.endsWith(".")).orElse(null))
                        .param(
                                "actions",
                                action.filter(name -> name.endsWith(".")).orElse(null))
                        .param("resource", query.resource().orElse(null))
                        .param("correlation", query.correlationId().orElse(null))
                        .param("from", moment(query.from()))
                        .param("to", moment(query.to()))
                        .param("after", query.after().orElse(null))
                        .param("limit", query.limit() + 1)
                        .query((row, number) -> entry(row))
                        .list());
    }

    /** Ids begin with their time, so that the index serves the span too. */
    private static @Nullable String moment(Optional<java.time.Instant> at) {
        return at.map(moment -> Ids.lowestAt("aud", moment)).orElse(null);
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
                row.getTimestamp("at").toInstant(),
                row.getObject("seq", Long.class),
                hash == null ? null : HexFormat.of().formatHex(hash));
    }
}
