package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What arrived, byte for byte; it rests sealed with its tenant's key, each body for its own event. */
@Component
public class RawBodyRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Sealing sealing;

    RawBodyRepository(JdbcClient jdbc, Tenancy tenancy, Sealing sealing) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.sealing = sealing;
    }

    /** @param headers those an auditor needs, and the address it came from */
    public record Raw(JsonNode headers, byte[] body) {}

    private record Resting(String headers, byte[] body, boolean sealed) {}

    /** What an event was read from; empty when it is not within the scope, was erased or is older than it is kept. */
    public Optional<Raw> find(TenantScope scope, String eventId) {
        return tenancy.inTenant(scope.tenant(), () -> resting(scope, eventId)).map(resting -> {
            byte[] body =
                    resting.sealed() ? sealing.open(scope.tenant(), place(eventId), resting.body()) : resting.body();
            return new Raw(Json.read(resting.headers()), body);
        });
    }

    private Optional<Resting> resting(TenantScope scope, String eventId) {
        return jdbc.sql("""
                        SELECT r.headers, r.body, r.sealed FROM patchbay.ingress_raw r
                        JOIN patchbay.event e ON e.tenant_id = r.tenant_id AND e.event_id = r.event_id
                        WHERE r.tenant_id = :tenant AND r.event_id = :event
                          AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("event", eventId)
                .param("scoped", scope.scoped())
                .query((row, number) ->
                        new Resting(row.getString("headers"), row.getBytes("body"), row.getBoolean("sealed")))
                .optional();
    }

    static String place(String eventId) {
        return "raw/" + eventId;
    }
}
