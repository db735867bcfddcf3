package dev.patchbay.ingress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** What is older than it is kept leaves; what is younger stays; the months to come are there. */
@PatchbayTest
class EventRetentionJobTests {

    private static final Instant LONG_AGO = Instant.parse("2019-03-15T12:00:00Z");
    private static final IngressSettings KEPT = new IngressSettings(
            Duration.ofSeconds(1),
            DataSize.ofMegabytes(1),
            Duration.ofSeconds(1),
            Duration.ofDays(30),
            Duration.ofDays(60),
            Duration.ofDays(60));

    private final TenantId tenant = new TenantId(Ids.next("ten", LONG_AGO));

    @Autowired
    private DatabaseOwner databaseOwner;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IncomingEventRepository arrivals;

    @Test
    void whatIsOlderThanItIsKeptLeavesWithItsMonth() throws SQLException {
        databaseOwner.maintain("CALL patchbay.make_partitions('" + LONG_AGO + "')");
        store(LONG_AGO);
        store(LONG_AGO.plus(Duration.ofDays(31)));

        tidyAt("2019-05-20T00:00:00Z");
        assertThat(rows("ingress_raw")).isEqualTo(1);
        assertThat(rows("event")).isEqualTo(2);
        assertThat(rows("ingress_dedup")).isEqualTo(1);
        assertThat(rows("event_dispatch")).isEqualTo(1);

        tidyAt("2019-07-20T00:00:00Z");
        for (String table : List.of("ingress_raw", "event", "ingress_dedup", "event_dispatch")) {
            assertThat(rows(table)).as(table).isZero();
        }
        assertThat(exists("patchbay.event_2019_09")).isTrue();
        assertThat(exists("patchbay.event_2019_03")).isFalse();
    }

    @Test
    void onlyAWorkerKeepsHouse() {
        var worker = housekeeping(databaseOwner, Clock.systemUTC(), "worker");

        worker.once();

        assertThat(worker.isAutoStartup()).isTrue();
        assertThat(housekeeping(databaseOwner, Clock.systemUTC(), "ingress").isAutoStartup())
                .isFalse();
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() {
        var away = new DatabaseOwner("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", "");

        assertThatThrownBy(() -> housekeeping(away, Clock.systemUTC(), "worker").once())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not maintained");
    }

    private void tidyAt(String moment) {
        housekeeping(databaseOwner, Clock.systemUTC(), "worker").tidy(Instant.parse(moment));
    }

    private EventRetentionJob housekeeping(DatabaseOwner keeper, Clock clock, String role) {
        var settings = new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role));
        return new EventRetentionJob(keeper, KEPT, tenancy, jdbc, settings, clock);
    }

    private void store(Instant received) {
        String id = Ids.next("evt", received);
        var event = new Event(
                id,
                tenant,
                Optional.empty(),
                "con_test",
                "test.happened",
                "/connections/con_test",
                "subject",
                received,
                new CorrelationId(Ids.next("cor", received)),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Event.Origin.WEBHOOK,
                received,
                Event.Status.READY,
                Optional.empty());
        tenancy.throughDoor(() -> arrivals.store(List.of(new IncomingEvent(event, id, List.of(), "{}", new byte[0]))));
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.event_dispatch SET state = 'DONE'")
                        .update());
    }

    private long rows(String table) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                        .query(Long.class)
                        .single());
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
