package dev.patchbay.audit.internal;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Seals audit entries by definer functions: the database computes the hashes, so the serving login cannot choose them. */
@Component
class AuditSealRepository {

    private final JdbcClient jdbc;

    AuditSealRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tenants with entries that are not sealed. */
    List<String> listUnsealedTenants() {
        return jdbc.sql("SELECT patchbay.unsealed_tenants() AS tenant_id")
                .query((row, number) -> row.getString("tenant_id"))
                .list();
    }

    /** Seals the tenant's oldest unsealed entries; empty while another process seals that chain. */
    Optional<SealedBatch> seal(String tenant, int limit) {
        return jdbc.sql("SELECT sealed, seq, hash FROM patchbay.seal_entries(:tenant, :limit)")
                .param("tenant", tenant)
                .param("limit", limit)
                .query((row, number) -> new SealedBatch(
                        row.getInt("sealed"), row.getLong("seq"), HexFormat.of().formatHex(row.getBytes("hash"))))
                .optional();
    }
}
