package dev.patchbay.usage.collection;

import dev.patchbay.kernel.TenantId;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts calls with and without a client by the daily sums; in the tenant's transaction. */
@Repository
class AttributionShareRepository {

    private final JdbcClient jdbc;

    AttributionShareRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param calls of all clients and of none */
    record Share(long unattributed, long calls) {}

    Share find(TenantId tenant, LocalDate since) {
        return jdbc.sql("""
                        SELECT coalesce(sum(calls) FILTER (WHERE client_id = ''), 0) AS unattributed,
                          coalesce(sum(calls), 0) AS calls
                        FROM patchbay.usage_day WHERE tenant_id = :tenant AND day >= :since AND product = 'call'""")
                .param("tenant", tenant.value())
                .param("since", since)
                .query((row, number) -> new Share(row.getLong("unattributed"), row.getLong("calls")))
                .single();
    }
}
