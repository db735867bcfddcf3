package dev.patchbay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Connections;
import dev.patchbay.flows.definition.Flows;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class DemoDataTests {

    @Autowired
    private DemoData demoData;

    @Autowired
    private Connections connections;

    @Autowired
    private ConnectedAccounts accounts;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Flows flows;

    @Test
    void devJsonIsReadableByItsOwnerOnly() throws IOException {
        var dev = TestEnvironment.dev();
        assertThat(dev.path("tenantId").asString()).isEqualTo("tnt_demo");
        assertThat(dev.path("clients")).hasSize(2);
        assertThat(dev.path("pids").path("platform").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(dev.path("pids").path("postgres").asLong()).isPositive();
        assertThat(dev.path("connections").path("retell").path("ingressUrl").asString())
                .startsWith("http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/retell/");
        assertThat(dev.at("/connections/highlevel/ingressUrl").asString())
                .startsWith("http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/highlevel/");
        assertThat(dev.at("/connections/highlevel/secret").asString()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(DevKeys.load(TestEnvironment.DATA).toString()).doesNotContain("PRIVATE");
        assertThat(Files.getPosixFilePermissions(TestEnvironment.DATA.resolve("highlevel-keys.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(TestEnvironment.DATA.resolve("dev.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void creatingTheDemoAgainChangesNothing() throws IOException {
        var before = TestEnvironment.dev();
        demoData.plant();
        assertThat(TestEnvironment.dev()).isEqualTo(before);
        assertThat(flows.list(TenantScope.of(DemoTenant.ID)))
                .filteredOn(flow -> flow.name().equals("book-from-call"))
                .hasSize(1);
    }

    @Test
    void ownersConsentAgainAfterAccessWasLost() throws IOException {
        tenancy.inTenant(
                DemoTenant.ID,
                () -> jdbc.sql("""
                        DELETE FROM patchbay.secret WHERE tenant_id = :tenant
                          AND connection_id = 'con_highlevel_harbor' AND name IN ('access_token', 'refresh_token')""").param("tenant", DemoTenant.ID.value()).update());
        demoData.plant();
        assertThat(accounts.get(DemoTenant.ID, new ConnectionId("con_highlevel_harbor"))
                        .state())
                .isEqualTo(ConnectionState.READY);
        assertThat(accounts.get(DemoTenant.ID, new ConnectionId("con_google")).account())
                .isEqualTo("calendar@bright.example");
    }

    @Test
    void oauthConsentReplacesAKeyConnection() throws IOException {
        tenancy.inTenant(
                DemoTenant.ID,
                () -> jdbc.sql("""
                        UPDATE patchbay.connection SET account = NULL
                        WHERE tenant_id = :tenant AND connection_id = 'con_highlevel_northside'""").param("tenant", DemoTenant.ID.value()).update());
        demoData.plant();
        assertThat(accounts.get(DemoTenant.ID, new ConnectionId("con_highlevel_northside"))
                        .account())
                .isEqualTo("loc_northside");
    }

    @Test
    void everyClientIsBoundToItsAccounts() {
        for (DemoClient client : DemoClient.ALL) {
            var scope = TenantScope.of(DemoTenant.ID, client.id());
            assertThat(connections
                            .findBound(scope, "crm")
                            .orElseThrow()
                            .account()
                            .settings()
                            .path("locationId")
                            .asString())
                    .isEqualTo(client.locationId());
            assertThat(connections
                            .findBound(scope, "calendar")
                            .orElseThrow()
                            .account()
                            .secrets())
                    .containsKey("access_token");
            assertThat(connections
                            .findBound(scope, "messaging")
                            .orElseThrow()
                            .settings()
                            .path("from")
                            .asString())
                    .isEqualTo(client.phone());
            assertThat(connections.findRoutedClient(DemoTenant.ID, DemoConnections.RETELL, "agent", client.agentId()))
                    .contains(client.id());
            for (ConnectionId connection : new ConnectionId[] {DemoConnections.RETELL, DemoConnections.TWILIO}) {
                assertThat(connections.findRoutedClient(DemoTenant.ID, connection, "number", client.phone()))
                        .contains(client.id());
            }
            assertThat(connections.findRoutedClient(
                            DemoTenant.ID, DemoConnections.HIGHLEVEL, "location", client.locationId()))
                    .contains(client.id());
            assertThat(connections.findRoutedClient(
                            DemoTenant.ID, DemoConnections.STRIPE, "customer", client.customerId()))
                    .contains(client.id());
        }
    }
}
