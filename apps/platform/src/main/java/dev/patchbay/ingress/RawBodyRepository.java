package dev.patchbay.ingress;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code ingress_raw}: bodies at rest, each sealed with its tenant's key; in the tenant's transaction. */
@Repository
class RawBodyRepository {

    private final JdbcClient jdbc;
    private final Sealing sealing;

    RawBodyRepository(JdbcClient jdbc, Sealing sealing) {
        this.jdbc = jdbc;
        this.sealing = sealing;
    }

    private record StoredBody(String headers, byte[] body, boolean sealed) {}

    /** Empty when the event is outside the scope, or its body was erased or is older than it is kept. */
    Optional<RawBody> find(TenantScope scope, EventId event) {
        return findStored(scope, event).map(stored -> {
            byte[] body = stored.sealed()
                    ? sealing.open(scope.tenant(), RawBody.sealingContext(event), stored.body())
                    : stored.body();
            return new RawBody(Json.read(stored.headers()), body);
        });
    }

    private Optional<StoredBody> findStored(TenantScope scope, EventId event) {
        return jdbc.sql("""
                        SELECT r.headers, r.body, r.sealed FROM patchbay.ingress_raw r
                        JOIN patchbay.event e ON e.tenant_id = r.tenant_id AND e.event_id = r.event_id
                        WHERE r.tenant_id = :tenant AND r.event_id = :event
                          AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("event", event.value())
                .param("scoped", scope.scoped())
                .query((row, number) ->
                        new StoredBody(row.getString("headers"), row.getBytes("body"), row.getBoolean("sealed")))
                .optional();
    }
}
