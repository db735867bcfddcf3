package dev.patchbay.livecalls.internal;

import dev.patchbay.flows.history.RunHistory.Booking;
import dev.patchbay.kernel.ClientId;
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

    /** The appointment that was booked last for this caller during a call. */
    Optional<Booking> findLastBooking(TenantId tenant, ClientId client, byte[] digest) {
        return jdbc.sql("""
                        SELECT at, output->'result'->>'startLocal' AS start_local
                        FROM patchbay.live_invocation
                        WHERE tenant_id = :tenant AND client_id = :client AND caller = :caller
                          AND function = 'calendar.book' AND outcome = 'done'
                        ORDER BY invocation_id DESC LIMIT 1""")
                .param("tenant", tenant.value())
                .param("client", client.value())
                .param("caller", digest)
                .query((row, number) -> new Booking(row.getTimestamp("at").toInstant(), row.getString("start_local")))
                .optional();
    }
}
