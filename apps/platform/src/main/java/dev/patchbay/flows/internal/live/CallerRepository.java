package dev.patchbay.flows.internal.live;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stored callers, by the digest of client and number. In the tenant's transaction. */
@Repository
class CallerRepository {

    private final JdbcClient jdbc;

    CallerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns 0 when the answer to a later request is stored already. */
    int put(TenantId tenant, ClientId client, byte[] digest, byte[] sealed, Instant requestedAt) {
        return jdbc.sql("""
                        INSERT INTO patchbay.live_caller AS stored (tenant_id, client_id, caller, sealed, asked_at)
                        VALUES (:tenant, :client, :caller, :sealed, :requestedAt)
                        ON CONFLICT (tenant_id, client_id, caller) DO UPDATE
                          SET sealed = excluded.sealed, asked_at = excluded.asked_at
                        WHERE stored.asked_at <= excluded.asked_at""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("caller", digest)
                .param("sealed", sealed)
                .param("requestedAt", Timestamp.from(requestedAt))
                .update();
    }

    Optional<byte[]> find(TenantId tenant, ClientId client, byte[] digest) {
        return jdbc.sql("""
                        SELECT sealed FROM patchbay.live_caller
                        WHERE tenant_id = :tenant AND client_id = :client AND caller = :caller""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("caller", digest)
                .query((row, number) -> row.getBytes("sealed"))
                .optional();
    }

    Optional<String> findLastAppointment(TenantId tenant, ClientId client, PhoneNumber phone, byte[] digest) {
        return jdbc.sql("""
                        SELECT start_local FROM (
                          (SELECT s.ended_at AS at, s.output->>'startLocal' AS start_local
                           FROM patchbay.run r JOIN patchbay.step s ON s.tenant_id = r.tenant_id AND s.run_id = r.run_id
                           WHERE r.tenant_id = :tenant AND r.client_id = :client AND r.phone = :phone
                             AND s.call = 'calendar.book' AND s.status = 'completed' AND s.undone_at IS NULL
                           ORDER BY r.run_id DESC LIMIT 1)
                          UNION ALL
                          (SELECT i.at, i.output->'result'->>'startLocal'
                           FROM patchbay.live_invocation i
                           WHERE i.tenant_id = :tenant AND i.client_id = :client AND i.caller = :caller
                             AND i.function = 'calendar.book' AND i.outcome = 'done'
                           ORDER BY i.invocation_id DESC LIMIT 1)) booked
                        ORDER BY at DESC LIMIT 1""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("phone", phone.e164())
                .param("caller", digest)
                .query(String.class)
                .optional();
    }
}
