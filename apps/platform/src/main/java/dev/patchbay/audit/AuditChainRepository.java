package dev.patchbay.audit;

import dev.patchbay.kernel.TenantId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a tenant's chain of audit entries, within its transaction. */
@Component
class AuditChainRepository {

    private final JdbcClient jdbc;

    AuditChainRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ChainStatus findStatus(TenantId tenant) {
        return jdbc.sql("""
                        SELECT coalesce(c.seq, 0) AS seq, coalesce(encode(c.hash, 'hex'), repeat('0', 64)) AS hash,
                          (SELECT count(*) FROM patchbay.audit_entry e WHERE e.tenant_id = :tenant AND e.seq IS NULL) AS unsealed,
                          (SELECT coalesce(max(e.seq), 0) FROM patchbay.audit_entry e
                           WHERE e.tenant_id = :tenant AND e.seq IS NOT NULL) AS last
                        FROM (VALUES (:tenant)) AS t (tenant_id) LEFT JOIN patchbay.audit_chain c USING (tenant_id)""")
                .param("tenant", tenant.value())
                .query((row, number) -> new ChainStatus(
                        new AuditHead(row.getLong("seq"), row.getString("hash"), row.getLong("unsealed")),
                        row.getLong("last")))
                .single();
    }

    /** Sealed entries, oldest first, from the one after that number to the last of the export. */
    List<ExportLine> listAfter(AuditExport export, long seq, int limit) {
        return jdbc.sql("""
                        SELECT e.seq, patchbay.audit_line(e, true) AS text FROM patchbay.audit_entry e
                        WHERE e.tenant_id = :tenant AND e.seq > :after AND e.seq <= :last ORDER BY e.seq LIMIT :limit""")
                .param("tenant", export.tenant().value())
                .param("after", seq)
                .param("last", export.last())
                .param("limit", limit)
                .query((row, number) -> new ExportLine(row.getLong("seq"), row.getString("text")))
                .list();
    }
}
