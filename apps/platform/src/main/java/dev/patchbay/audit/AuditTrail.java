package dev.patchbay.audit;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The append-only trail. The database itself refuses changes: the login that serves may insert and read, no more. */
@Component
public class AuditTrail {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    AuditTrail(Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Joins the transaction of the change; outside of one the statement is refused, and so is the change. */
    @EventListener
    void write(Auditable done) {
        Instant now = clock.instant();
        jdbc.sql("""
                        INSERT INTO patchbay.audit_entry (tenant_id, entry_id, client_id, actor, action, resource,
                                                          before_digest, after_digest, correlation_id, source_ip, at)
                        VALUES (:tenant, :entry, :client, :actor, :action, :resource,
                                :before, :after, :correlation, :ip, :at)""")
                .param("tenant", done.scope().tenant().value())
                .param("entry", Ids.next("aud", now))
                .param("client", done.scope().client().map(ClientId::value).orElse(null))
                .param("actor", done.actor())
                .param("action", done.action())
                .param("resource", done.resource())
                .param("before", done.before().orElse(null))
                .param("after", done.after().orElse(null))
                .param("correlation", done.correlation().value())
                .param("ip", sourceIp())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first, older than the given entry; empty text starts at the newest. */
    public List<AuditEntry> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT * FROM patchbay.audit_entry
                        WHERE tenant_id = :tenant AND (:after = '' OR entry_id < :after)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        ORDER BY entry_id DESC LIMIT :limit""")
                        .param("tenant", scope.tenant().value())
                        .param("after", after)
                        .param("scoped", scope.scoped())
                        .param("limit", limit)
                        .query((row, number) -> entry(row))
                        .list());
    }

    private static @Nullable String sourceIp() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes web
                ? web.getRequest().getRemoteAddr()
                : null;
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
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
                row.getTimestamp("at").toInstant());
    }
}
