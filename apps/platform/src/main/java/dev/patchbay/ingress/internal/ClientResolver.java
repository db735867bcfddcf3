package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.RouteMapped;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives events that waited unattributed to their client once what they were found by is mapped. */
@Component
class ClientResolver extends PeriodicTask {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    private final Connections connections;
    private final Dispatcher dispatcher;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    ClientResolver(
            Connections connections, Dispatcher dispatcher, Tenancy tenancy, JdbcClient jdbc, Settings settings) {
        super("attribution", EVERY, settings.roles().contains("worker"));
        this.connections = connections;
        this.dispatcher = dispatcher;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /**
     * After an event was stored: of one without a client, whoever mapped its route in the meantime looked for
     * it too early, so its routes are looked up once more. One of the two sees the other's commit.
     */
    void stored(IncomingEvent incomingEvent) {
        var event = incomingEvent.event();
        if (event.client().isPresent()) {
            return;
        }
        var connection = new ConnectionId(event.connectionId());
        for (Route route : incomingEvent.routes()) {
            connections
                    .findRoutedClient(event.tenant(), connection, route.kind(), route.id())
                    .ifPresent(client ->
                            mapped(new RouteMapped(event.tenant(), connection, route.kind(), route.id(), client)));
        }
    }

    /** What was stored while its route was mapped, by whoever did not come to look again. */
    @Override
    protected void once() {
        tenancy.throughDoor(() -> jdbc.sql("SELECT * FROM patchbay.attributable_routes(:most)")
                        .param("most", MOST)
                        .query((row, number) -> new RouteMapped(
                                new TenantId(row.getString("tenant_id")),
                                new ConnectionId(row.getString("connection_id")),
                                row.getString("kind"),
                                row.getString("external_id"),
                                new ClientId(row.getString("client_id"))))
                        .list())
                .forEach(this::mapped);
    }

    /** Every event that waited for this route goes to its client, and on to the flows. */
    @EventListener
    void mapped(RouteMapped mapped) {
        int attributed = tenancy.inTenant(
                mapped.tenant(),
                () -> jdbc.sql("""
                        WITH waiting AS MATERIALIZED (
                          SELECT d.event_id FROM patchbay.event_dispatch d
                          JOIN patchbay.event_route r ON r.tenant_id = d.tenant_id AND r.event_id = d.event_id
                          WHERE d.tenant_id = :tenant AND d.state = 'UNATTRIBUTED'
                            AND r.connection_id = :connection AND r.kind = :kind AND r.external_id = :id
                          ORDER BY d.event_id FOR UPDATE OF d),
                        unrouted AS (
                          DELETE FROM patchbay.event_route r USING waiting
                          WHERE r.tenant_id = :tenant AND r.event_id = waiting.event_id),
                        canonical AS (
                          UPDATE patchbay.event e SET client_id = :client FROM waiting
                          WHERE e.tenant_id = :tenant AND e.event_id = waiting.event_id)
                        UPDATE patchbay.event_dispatch d
                        SET state = 'READY', client_id = :client, ready_at = clock_timestamp() FROM waiting
                        WHERE d.tenant_id = :tenant AND d.event_id = waiting.event_id AND d.state = 'UNATTRIBUTED'""")
                        .param("tenant", mapped.tenant().value())
                        .param("connection", mapped.connectionId().value())
                        .param("kind", mapped.kind())
                        .param("id", mapped.externalId())
                        .param("client", mapped.client().value())
                        .update());
        if (attributed > 0) {
            dispatcher.wake();
        }
    }
}
