package dev.patchbay.ingress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.RouteMapped;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class ClientResolverTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    private final String agent = "agent_" + UUID.randomUUID();

    @Autowired
    private ClientResolver clientResolver;

    @Autowired
    private IncomingEventRepository arrivals;

    @Autowired
    private EventRepository events;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void whatWasStoredWhileItsRouteWasMappedIsFoundLater() {
        String event = store(List.of(new Route("agent", agent)));
        // As if the process that mapped it had died before it could hand on what waited.
        tenancy.inTenant(TENANT, () -> jdbc.sql("""
                        INSERT INTO patchbay.route (tenant_id, connection_id, kind, external_id, client_id)
                        VALUES ('tnt_demo', 'con_retell', 'agent', ?, 'cli_harbor')""").param(agent).update());
        assertThat(find(event).status()).isEqualTo(Event.Status.UNATTRIBUTED);

        clientResolver.once();

        await().atMost(Duration.ofSeconds(10)).until(() -> find(event).status() == Event.Status.DONE);
        assertThat(find(event).client()).contains(new ClientId("cli_harbor"));
    }

    @Test
    void ofTwoMappingsOfOneEventTheFirstDecides() {
        String event = store(List.of(new Route("agent", agent), new Route("number", agent)));

        clientResolver.mapped(
                new RouteMapped(TENANT, new ConnectionId("con_retell"), "agent", agent, new ClientId("cli_harbor")));
        clientResolver.mapped(new RouteMapped(
                TENANT, new ConnectionId("con_retell"), "number", agent, new ClientId("cli_northside")));

        assertThat(find(event).client()).contains(new ClientId("cli_harbor"));
    }

    private Event find(String event) {
        return tenancy.inTenant(
                TENANT, () -> events.find(TenantScope.of(TENANT), event).orElseThrow());
    }

    private String store(List<Route> routes) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        String id = Ids.next("evt", now);
        var event = new Event(
                id,
                TENANT,
                Optional.empty(),
                "con_retell",
                "test.happened",
                "/connections/con_retell",
                "subject",
                now,
                new CorrelationId(Ids.next("cor", now)),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Event.Origin.WEBHOOK,
                now,
                Event.Status.READY,
                Optional.empty());
        tenancy.throughDoor(() -> arrivals.store(List.of(new IncomingEvent(event, id, routes, "{}", new byte[0]))));
        return id;
    }
}
