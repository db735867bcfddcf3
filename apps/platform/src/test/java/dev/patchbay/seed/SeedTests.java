package dev.patchbay.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Connections;
import dev.patchbay.flows.Flows;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class SeedTests {

    @Autowired
    private Seed seed;

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
    void writesWhereEverythingIsForItsOwnerOnly() throws IOException {
        var dev = World.dev();
        assertThat(dev.path("tenantId").asString()).isEqualTo("tnt_demo");
        assertThat(dev.path("clients")).hasSize(2);
        assertThat(dev.path("pids").path("platform").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(dev.path("pids").path("postgres").asLong()).isPositive();
        assertThat(dev.path("connections").path("retell").path("ingressUrl").asString())
                .startsWith("http://127.0.0.1:" + World.PORT + "/ingress/retell/");
        assertThat(dev.at("/connections/highlevel/ingressUrl").asString())
                .startsWith("http://127.0.0.1:" + World.PORT + "/ingress/highlevel/");
        assertThat(dev.at("/connections/highlevel/secret").asString()).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(DevKeys.in(World.DATA).toString()).doesNotContain("PRIVATE");
        assertThat(Files.getPosixFilePermissions(World.DATA.resolve("highlevel-keys.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(World.DATA.resolve("dev.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void changesNothingWhenItIsPlantedAgain() throws IOException {
        var before = World.dev();
        seed.plant();
        assertThat(World.dev()).isEqualTo(before);
        assertThat(flows.list(TenantScope.of(Seed.TENANT)))
                .filteredOn(flow -> flow.name().equals("book-from-call"))
                .hasSize(1);
    }

    @Test
    void theOwnersConsentAgainWhereAccessWasLost() throws IOException {
        tenancy.inTenant(
                Seed.TENANT,
                () -> jdbc.sql("""
                        DELETE FROM patchbay.secret WHERE tenant_id = :tenant
                          AND connection_id = 'con_highlevel_harbor' AND name IN ('access_token', 'refresh_token')""").param("tenant", Seed.TENANT.value()).update());
        seed.plant();
        assertThat(accounts.get(Seed.TENANT, "con_highlevel_harbor").state()).isEqualTo(ConnectionState.READY);
        assertThat(accounts.get(Seed.TENANT, "con_google").account()).isEqualTo("calendar@bright.example");
    }

    @Test
    void whatWasTypedInBeforeOwnersConsentedGivesWayToIt() throws IOException {
        tenancy.inTenant(
                Seed.TENANT,
                () -> jdbc.sql("""
                        UPDATE patchbay.connection SET account = NULL
                        WHERE tenant_id = :tenant AND connection_id = 'con_highlevel_northside'""").param("tenant", Seed.TENANT.value()).update());
        seed.plant();
        assertThat(accounts.get(Seed.TENANT, "con_highlevel_northside").account())
                .isEqualTo("loc_northside");
    }

    @Test
    void givesEveryClientItsAccounts() {
        for (DemoClient client : DemoClient.ALL) {
            var scope = TenantScope.of(Seed.TENANT, client.id());
            assertThat(connections
                            .bound(scope, "crm")
                            .orElseThrow()
                            .account()
                            .settings()
                            .path("locationId")
                            .asString())
                    .isEqualTo(client.locationId());
            assertThat(connections
                            .bound(scope, "calendar")
                            .orElseThrow()
                            .account()
                            .secrets())
                    .containsKey("access_token");
            assertThat(connections
                            .bound(scope, "messaging")
                            .orElseThrow()
                            .settings()
                            .path("from")
                            .asString())
                    .isEqualTo(client.phone());
            assertThat(connections.route(Seed.TENANT, SandboxAccounts.RETELL, "agent", client.agentId()))
                    .contains(client.id());
            for (String connection : new String[] {SandboxAccounts.RETELL, SandboxAccounts.TWILIO}) {
                assertThat(connections.route(Seed.TENANT, connection, "number", client.phone()))
                        .contains(client.id());
            }
            assertThat(connections.route(Seed.TENANT, SandboxAccounts.HIGHLEVEL, "location", client.locationId()))
                    .contains(client.id());
            assertThat(connections.route(Seed.TENANT, SandboxAccounts.STRIPE, "customer", client.customerId()))
                    .contains(client.id());
        }
    }
}
