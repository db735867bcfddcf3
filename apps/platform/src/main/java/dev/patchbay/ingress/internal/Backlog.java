package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has arrived and is not yet, or never will be, with its flows. */
@Component
public class Backlog {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    Backlog(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /**
     * How many events a client has in a state that is not done.
     *
     * @param clientId empty for what is the tenant's own or nobody's yet
     * @param oldest when the one that has waited longest was received
     */
    public record Waiting(Optional<String> clientId, String status, long events, Instant oldest) {}

    public List<Waiting> waiting(TenantScope scope) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT client_id, state, count(*) AS events, min(received_at) AS oldest
                        FROM patchbay.event_dispatch
                        WHERE tenant_id = :tenant AND state <> 'DONE' AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        GROUP BY client_id, state ORDER BY client_id, state""")
                        .param("tenant", scope.tenant().value())
                        .param("scoped", scope.scoped())
                        .query((row, number) -> new Waiting(
                                Optional.of(row.getString("client_id")).filter(id -> !id.isEmpty()),
                                row.getString("state").toLowerCase(java.util.Locale.ROOT),
                                row.getLong("events"),
                                row.getObject("oldest", OffsetDateTime.class).toInstant()))
                        .list());
    }

    /**
     * What events wait for that nobody has mapped: mapping it gives them to a client.
     *
     * @param kind {@code agent}, {@code number}, {@code location} or {@code customer}
     * @param externalId the vendor's id of it
     */
    public record Unmapped(String connectionId, String kind, String externalId, long events, String firstEventId) {}

    public List<Unmapped> unmapped(TenantId tenant, int most) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT connection_id, kind, external_id, count(*) AS events, min(event_id) AS first
                        FROM patchbay.event_route WHERE tenant_id = :tenant
                        GROUP BY connection_id, kind, external_id ORDER BY events DESC, connection_id, kind, external_id
                        LIMIT :most""")
                        .param("tenant", tenant.value())
                        .param("most", most)
                        .query((row, number) -> new Unmapped(
                                row.getString("connection_id"),
                                row.getString("kind"),
                                row.getString("external_id"),
                                row.getLong("events"),
                                row.getString("first")))
                        .list());
    }
}
