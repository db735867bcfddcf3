package dev.patchbay.flows.internal.live;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** What the CRM said of callers the last time it answered, sealed, and when they have an appointment. */
@Repository
class CallerCache {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Sealing sealing;

    CallerCache(JdbcClient jdbc, Tenancy tenancy, Sealing sealing) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.sealing = sealing;
    }

    /** Whom a row is about, without saying it. */
    static byte[] digest(ClientId client, PhoneNumber phone) {
        return Hashing.sha256(Hashing.utf8(client.value() + "/" + phone.e164()));
    }

    private static String place(ClientId client, PhoneNumber phone) {
        return "live-caller/" + HexFormat.of().formatHex(digest(client, phone));
    }

    /** An answer that comes late never replaces one to a later question. */
    void keep(TenantId tenant, ClientId client, PhoneNumber phone, JsonNode contacts, Instant askedAt) {
        byte[] sealed = sealing.seal(tenant, place(client, phone), Hashing.utf8(Json.write(contacts)));
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_caller AS known (tenant_id, client_id, caller, sealed, asked_at)
                        VALUES (:tenant, :client, :caller, :sealed, :asked)
                        ON CONFLICT (tenant_id, client_id, caller) DO UPDATE
                          SET sealed = excluded.sealed, asked_at = excluded.asked_at
                        WHERE known.asked_at <= excluded.asked_at""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("caller", digest(client, phone))
                        .param("sealed", sealed)
                        .param("asked", Timestamp.from(askedAt))
                        .update());
    }

    Optional<JsonNode> find(TenantId tenant, ClientId client, PhoneNumber phone) {
        Optional<byte[]> sealed = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT sealed FROM patchbay.live_caller
                        WHERE tenant_id = :tenant AND client_id = :client AND caller = :caller""")
                        .param("tenant", tenant.value())
                        .param("client", client.value())
                        .param("caller", digest(client, phone))
                        .query((row, number) -> row.getBytes("sealed"))
                        .optional());
        return sealed.map(found -> Json.read(sealing.open(tenant, place(client, phone), found)));
    }

    /** The appointment that was booked last for this caller, by a flow or during a call, as one would say it. */
    Optional<String> lastAppointment(TenantId tenant, ClientId client, PhoneNumber phone) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT spoken FROM (
                          (SELECT s.ended_at AS at, s.output->>'startLocal' AS spoken
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
                        .param("caller", digest(client, phone))
                        .query(String.class)
                        .optional());
    }
}
