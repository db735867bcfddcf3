package dev.patchbay.ingress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.ingress.ingestion.StoredEvents;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class EventRetentionJobTests {

    private static final Instant LONG_AGO = Instant.parse("2019-03-15T12:00:00Z");
    private static final EventRetentionSettings RETENTION =
            new EventRetentionSettings(Duration.ofDays(30), Duration.ofDays(60), Duration.ofDays(60));

    private final TenantId tenant = new TenantId(Ids.next("ten", LONG_AGO));

    @Autowired
    private DatabaseOwner databaseOwner;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcOperations operations;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void expiredEventsAndBodiesAreDroppedByTheMonth() throws SQLException {
        databaseOwner.maintain("CALL patchbay.make_partitions('" + LONG_AGO + "')");
        var events = new StoredEvents(tenant, tenancy, operations, jdbc);
        events.store(LONG_AGO);
        events.store(LONG_AGO.plus(Duration.ofDays(31)));
        events.markAllDone();

        deleteExpiredAt("2019-05-20T00:00:00Z");
        assertThat(events.count("ingress_raw")).isEqualTo(1);
        assertThat(events.count("event")).isEqualTo(2);
        assertThat(events.count("ingress_dedup")).isEqualTo(1);
        assertThat(events.count("event_dispatch")).isEqualTo(1);

        deleteExpiredAt("2019-07-20T00:00:00Z");
        for (String table : List.of("ingress_raw", "event", "ingress_dedup", "event_dispatch")) {
            assertThat(events.count(table)).as(table).isZero();
        }
        assertThat(exists("patchbay.event_2019_09")).isTrue();
        assertThat(exists("patchbay.event_2019_03")).isFalse();
    }

    @Test
    void onlyAWorkerDeletesExpiredEvents() {
        var worker = job(databaseOwner, "worker");

        worker.runOnce();

        assertThat(worker.isAutoStartup()).isTrue();
        assertThat(job(databaseOwner, "ingress").isAutoStartup()).isFalse();
    }

    @Test
    void anUnreachableDatabaseIsAnError() {
        var unreachable = new DatabaseOwner("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", "");

        assertThatThrownBy(() -> job(unreachable, "worker").runOnce())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("maintenance");
    }

    private void deleteExpiredAt(String moment) {
        job(databaseOwner, "worker").deleteExpired(Instant.parse(moment));
    }

    private EventRetentionJob job(DatabaseOwner owner, String role) {
        var settings = new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role));
        var repository = new EventRetentionRepository(owner, tenancy, jdbc);
        return new EventRetentionJob(repository, RETENTION, settings, Clock.systemUTC());
    }

    private boolean exists(String table) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        databaseOwner.url(), databaseOwner.user(), databaseOwner.password());
                var query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, table);
            var found = query.executeQuery();
            return found.next() && found.getBoolean(1);
        }
    }
}
