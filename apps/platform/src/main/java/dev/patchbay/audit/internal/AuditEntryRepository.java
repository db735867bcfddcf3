package dev.patchbay.audit.internal;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Inserts audit entries. The serving database login may insert and read them, but not change them. */
@Component
class AuditEntryRepository {

    private final JdbcClient jdbc;

    AuditEntryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Inserts the entry in the transaction of the change. Outside of a tenant's transaction the database refuses the statement.
     */
    void insert(Auditable audited, RequestOrigin origin, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.audit_entry (tenant_id, entry_id, client_id, actor, action, resource,
                                                          before_digest, after_digest, correlation_id, source_ip,
                                                          user_agent, on_behalf_of, outcome, at)
                        VALUES (:tenant, :entry, :client, :actor, :action, :resource,
                                :before, :after, :correlation, :ip, :agent, :impersonator, :outcome, :at)""")
                .param("tenant", audited.scope().tenant().value())
                .param("entry", Ids.next("aud", now))
                .param("client", audited.scope().client().map(ClientId::value).orElse(null))
                .param("actor", audited.actor())
                .param("action", audited.action())
                .param("resource", audited.resource())
                .param("before", audited.before().orElse(null))
                .param("after", audited.after().orElse(null))
                .param("correlation", audited.correlation().value())
                .param("ip", origin.sourceIp())
                .param("agent", origin.userAgent())
                .param("impersonator", origin.impersonator())
                .param("outcome", audited.outcome().orElse(null))
                .param("at", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
