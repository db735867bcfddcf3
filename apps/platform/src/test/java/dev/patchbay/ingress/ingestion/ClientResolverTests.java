package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.RouteMapped;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class ClientResolverTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    private final String agent = "agent_" + UUID.randomUUID();

    @Autowired
    private ClientResolver clientResolver;

    @Autowired
    private Events events;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcOperations operations;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void anEventThatWasStoredWhileItsRouteWasMappedIsAssignedLater() {
        EventId event = store(new Route("agent", agent));
        // As if the process that mapped the route had died before it assigned the waiting events.
        tenancy.inTenant(TENANT, () -> jdbc.sql("""
                        INSERT INTO patchbay.route (tenant_id, connection_id, kind, external_id, client_id)
                        VALUES ('tnt_demo', 'con_retell', 'agent', ?, 'cli_harbor')""").param(agent).update());
        assertThat(find(event).status()).isEqualTo(EventStatus.UNATTRIBUTED);

        clientResolver.runOnce();

        await().atMost(Duration.ofSeconds(10)).until(() -> find(event).status() == EventStatus.DONE);
        assertThat(find(event).client()).contains(new ClientId("cli_harbor"));
    }

    @Test
    void theFirstOfTwoMappingsDecides() {
        EventId event = store(new Route("agent", agent), new Route("number", agent));

        clientResolver.assignClient(
                new RouteMapped(TENANT, new ConnectionId("con_retell"), "agent", agent, new ClientId("cli_harbor")));
        clientResolver.assignClient(new RouteMapped(
                TENANT, new ConnectionId("con_retell"), "number", agent, new ClientId("cli_northside")));

        assertThat(find(event).client()).contains(new ClientId("cli_harbor"));
    }

    private Event find(EventId event) {
        return events.find(TenantScope.of(TENANT), event).orElseThrow();
    }

    private EventId store(Route... routes) {
        return new StoredEvents(TENANT, tenancy, operations, jdbc).storeUnattributed("con_retell", List.of(routes));
    }
}
