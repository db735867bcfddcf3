package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Turns of {@code patchbay.claim_runs}, in a transaction that is rolled back, so that the application claims none of these runs. */
@PatchbayTest
class RunClaimTests {

    @Autowired
    private NodeLease node;

    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = DriverManager.getConnection(
                TestEnvironment.POSTGRES.jdbcUrl("patchbay"),
                TestEnvironment.POSTGRES.superuser(),
                TestEnvironment.POSTGRES.password());
        connection.setAutoCommit(false);
        execute("SET LOCAL session_replication_role = replica"); // no flows, clients and tenants are needed
        execute("UPDATE patchbay.run SET wake_at = wake_at + interval '1 day' WHERE status = 'waiting'");
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void aTenantWithABacklogLeavesAnotherItsTurn() throws SQLException {
        store("tnt_greedy", "cli_a", 20);
        store("tnt_greedy", "cli_b", 20);
        store("tnt_modest", "cli_c", 1);

        assertThat(claimOneByOne(4)).startsWith("tnt_greedy/cli_a", "tnt_modest/cli_c");
    }

    @Test
    void clientsOfATenantTakeTurns() throws SQLException {
        store("tnt_greedy", "cli_a", 20);
        store("tnt_greedy", "cli_b", 2);

        assertThat(claimOneByOne(4))
                .containsExactly("tnt_greedy/cli_a", "tnt_greedy/cli_b", "tnt_greedy/cli_a", "tnt_greedy/cli_b");
    }

    @Test
    void aClaimOfManyIsSharedAlike() throws SQLException {
        store("tnt_greedy", "cli_a", 20);
        store("tnt_modest", "cli_c", 3);

        assertThat(claim(6, 100)).filteredOn("tnt_greedy/cli_a"::equals).hasSize(3);
        assertThat(claim(6, 100)).hasSize(6).containsOnly("tnt_greedy/cli_a");
    }

    @Test
    void aTenantGetsNoMoreThanItsShareOfAProcess() throws SQLException {
        store("tnt_greedy", "cli_a", 20);

        assertThat(claim(20, 5)).hasSize(5);
        assertThat(claim(20, 5)).isEmpty();
        assertThat(claim(20, 6)).hasSize(1);
    }

    private List<String> claimOneByOne(int times) throws SQLException {
        List<String> clients = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            clients.addAll(claim(1, 100));
        }
        return clients;
    }

    private List<String> claim(int limit, int maxPerTenant) throws SQLException {
        List<String> clients = new ArrayList<>();
        try (var statement = connection.prepareStatement("""
                SELECT r.tenant_id || '/' || r.client_id
                FROM patchbay.claim_runs(?, ?, ?, ?) c JOIN patchbay.run r USING (tenant_id, run_id)""")) {
            statement.setString(1, node.nodeId());
            statement.setLong(2, node.epoch());
            statement.setInt(3, limit);
            statement.setInt(4, maxPerTenant);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    clients.add(rows.getString(1));
                }
            }
        }
        return clients;
    }

    private void store(String tenant, String client, int runs) throws SQLException {
        execute("""
                INSERT INTO patchbay.run (tenant_id, run_id, flow_id, flow_name, version, client_id, correlation_id, status, input,
                  started_at, wake_at)
                SELECT '%1$s', '%2$s-' || n, 'flw_turns', 'turns', '1.0.0', '%2$s', 'cor_turns', 'waiting', '{}', now(),
                  now() - n * interval '1 second'
                FROM generate_series(1, %3$d) n""".formatted(tenant, client, runs));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
