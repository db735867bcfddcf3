package dev.patchbay.audit;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A tenant's entries as a chain, each with the hash of itself and all before it (docs/audit.md). */
@Component
public class AuditChain {

    private static final int PAGE = 500;

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher audit;

    AuditChain(Tenancy tenancy, JdbcClient jdbc, ApplicationEventPublisher audit) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    public AuditHead head(TenantId tenant) {
        return tenancy.inTenant(tenant, () -> end(tenant).head());
    }

    /**
     * What one export holds.
     *
     * @param last the highest number there is, so that what somebody put behind the head is shown and not hidden
     */
    public record Export(TenantId tenant, long after, long last, AuditHead head) {}

    /**
     * Writes down that somebody takes the entries behind a number away, and says which these are.
     *
     * @param after 0 for the whole chain
     */
    public Export begin(TenantId tenant, String actor, long after, CorrelationId correlation) {
        return tenancy.inTenant(tenant, () -> {
            var chainStatus = end(tenant);
            audit.publishEvent(new Auditable(
                    TenantScope.of(tenant),
                    actor,
                    "audit.exported",
                    "audit/" + (after + 1) + "-" + chainStatus.last(),
                    Optional.empty(),
                    Optional.of(chainStatus.head().hash()),
                    correlation));
            return new Export(tenant, after, chainStatus.last(), chainStatus.head());
        });
    }

    /**
     * Writes the sealed entries, oldest first, a line each, and a last line with the head. Reads page by page, each in a
     * transaction of its own: however long the chain, it holds neither much memory nor the database.
     *
     * @throws IOException when nobody reads any more
     */
    public void write(Export export, OutputStream out) throws IOException {
        long written = export.after();
        List<Line> page;
        do {
            page = page(export, written);
            for (Line line : page) {
                out.write(Hashing.utf8(line.text() + "\n"));
                written = line.seq();
            }
        } while (page.size() == PAGE);
        var head = Json.object()
                .put("hash", export.head().hash())
                .put("seq", export.head().seq())
                .put("tenantId", export.tenant().value())
                .put("unsealed", export.head().unsealed());
        out.write(Hashing.utf8(Json.write(Json.object().set("head", head)) + "\n"));
    }

    private record Line(long seq, String text) {}

    private List<Line> page(Export export, long behind) {
        return tenancy.inTenant(
                export.tenant(),
                () -> jdbc.sql("""
                        SELECT e.seq, patchbay.audit_line(e, true) AS text FROM patchbay.audit_entry e
                        WHERE e.tenant_id = :tenant AND e.seq > :behind AND e.seq <= :last ORDER BY e.seq LIMIT :page""")
                        .param("tenant", export.tenant().value())
                        .param("behind", behind)
                        .param("last", export.last())
                        .param("page", PAGE)
                        .query((row, number) -> new Line(row.getLong("seq"), row.getString("text")))
                        .list());
    }

    private record ChainStatus(AuditHead head, long last) {}

    private ChainStatus end(TenantId tenant) {
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
}
