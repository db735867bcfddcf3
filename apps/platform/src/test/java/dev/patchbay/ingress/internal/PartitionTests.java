package dev.patchbay.ingress.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.testing.PatchbayTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class PartitionTests {

    @Autowired
    private DatabaseOwner databaseOwner;

    @Test
    void concurrentProcessesCreateEachPartitionOnce() throws Exception {
        try (var processes = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 4)
                    .mapToObj(i -> processes.submit(() -> makePartitions("2031-11-30T23:59:59Z")))
                    .toList();
            for (var call : calls) {
                call.get();
            }
        }
        assertThat(children("2031", "2032"))
                .containsExactlyInAnyOrder(
                        "event_2031_11",
                        "event_2031_12",
                        "event_2032_01",
                        "ingress_raw_2031_11",
                        "ingress_raw_2031_12",
                        "ingress_raw_2032_01");
    }

    @Test
    void theApplicationAccessesPartitionsThroughTheirParentOnly() throws SQLException {
        try (var connection = open();
                var found = connection.createStatement().executeQuery("""
                                SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AS protected,
                                  has_table_privilege('patchbay_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE') AS open
                                FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                                WHERE i.inhparent IN ('patchbay.event'::regclass, 'patchbay.ingress_raw'::regclass)""")) {
            int seen = 0;
            while (found.next()) {
                seen++;
                assertThat(found.getBoolean("protected"))
                        .as(found.getString("relname"))
                        .isTrue();
                assertThat(found.getBoolean("open"))
                        .as(found.getString("relname"))
                        .isFalse();
            }
            assertThat(seen).isGreaterThanOrEqualTo(8);
        }
    }

    @Test
    void aMonthWithoutAPartitionStaysInTheDefaultPartition() throws SQLException {
        try (var connection = open();
                var statement = connection.createStatement()) {
            statement.execute("GRANT patchbay_app TO CURRENT_USER");
            statement.execute("SET ROLE patchbay_app");
            statement.execute("SELECT set_config('patchbay.tenant', 'ten_early', false)");
            statement.execute("""
                    INSERT INTO patchbay.ingress_raw (tenant_id, event_id, connection_id, headers, body, received_at)
                    VALUES ('ten_early', 'evt_early', 'con', '{}', '', '2041-05-05Z')""");
        }
        makePartitions("2041-05-06T00:00:00Z");

        assertThat(children("2041"))
                .containsExactlyInAnyOrder(
                        "event_2041_05",
                        "event_2041_06",
                        "event_2041_07",
                        "ingress_raw_2041_06",
                        "ingress_raw_2041_07");
    }

    private int makePartitions(String at) throws SQLException {
        try (var connection = open();
                var call = connection.prepareStatement("CALL patchbay.make_partitions(?::timestamptz)")) {
            call.setString(1, at);
            return call.executeUpdate();
        }
    }

    private List<String> children(String... years) throws SQLException {
        var names = new ArrayList<String>();
        try (var connection = open();
                var query = connection.prepareStatement("""
                        SELECT relname FROM pg_class
                        WHERE relkind = 'r' AND relname ~ '^(event|ingress_raw)_' AND split_part(
                          regexp_replace(relname, '^(event|ingress_raw)_', ''), '_', 1) = ANY (?)""")) {
            query.setArray(1, connection.createArrayOf("text", years));
            var found = query.executeQuery();
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(databaseOwner.url(), databaseOwner.user(), databaseOwner.password());
    }
}
