package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Turns of {@code patchbay.claim_mail}, in a transaction that is rolled back, so that none of these mails is sent. */
@PatchbayTest
class MailClaimTests {

    private Connection connection;

    @BeforeEach
    void begin() throws SQLException {
        connection = DriverManager.getConnection(
                TestEnvironment.POSTGRES.jdbcUrl("patchbay"),
                TestEnvironment.POSTGRES.superuser(),
                TestEnvironment.POSTGRES.password());
        connection.setAutoCommit(false);
        execute("SET LOCAL session_replication_role = replica"); // no tenants are needed
        execute("UPDATE patchbay.mail SET next_at = now() + interval '1 day' WHERE next_at IS NOT NULL");
    }

    @AfterEach
    void rollBack() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void aTenantWithManyMailsLeavesOthersTheirTurn() throws SQLException {
        store("tnt_greedy", 5, 100);
        store("tnt_modest", 2, 10);
        store("tnt_late", 1, 1);

        assertThat(claimAll())
                .containsExactly(
                        "tnt_greedy",
                        "tnt_modest",
                        "tnt_late",
                        "tnt_greedy",
                        "tnt_modest",
                        "tnt_greedy",
                        "tnt_greedy",
                        "tnt_greedy");
    }

    @Test
    void mailsThatAreNotDueAreNotClaimed() throws SQLException {
        store("tnt_greedy", 1, -3_600);

        assertThat(claimAll()).isEmpty();
    }

    private List<String> claimAll() throws SQLException {
        List<String> tenants = new ArrayList<>();
        try (var statement = connection.prepareStatement(
                "SELECT tenant_id FROM patchbay.claim_mail(now(), now() + interval '5 minutes')")) {
            while (true) {
                try (var rows = statement.executeQuery()) {
                    if (!rows.next()) {
                        return tenants;
                    }
                    tenants.add(rows.getString(1));
                }
            }
        }
    }

    private void store(String tenant, int mails, int secondsAgo) throws SQLException {
        execute("""
                INSERT INTO patchbay.mail (tenant_id, mail_id, sealed, created_at, next_at)
                SELECT '%1$s', '%1$s-' || n, '', now(), now() - %3$d * interval '1 second'
                FROM generate_series(1, %2$d) n""".formatted(tenant, mails, secondsAgo));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
