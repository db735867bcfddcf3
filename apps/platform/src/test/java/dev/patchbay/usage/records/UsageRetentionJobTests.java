package dev.patchbay.usage.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import dev.patchbay.usage.UsageFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class UsageRetentionJobTests {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private UsageRetentionRepository repository;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final SettableClock clock = new SettableClock(Instant.parse("2031-02-15T00:00:00Z"));

    private boolean exists(String partition) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT to_regclass(:name) IS NOT NULL")
                .param("name", "patchbay." + partition)
                .query(Boolean.class)
                .single());
    }

    private UsageRetentionJob job() {
        return new UsageRetentionJob(
                repository,
                new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("."), Set.of("worker")),
                clock);
    }

    @Test
    void monthsArePreparedAndDroppedAfterTenYears() {
        job().runOnce();
        assertThat(exists("usage_record_2031_04")).isTrue();
        assertThat(exists("usage_record_2031_05")).isFalse();
        repository.rollPartitions(
                Instant.parse("2001-01-01T00:00:00Z"),
                Instant.parse("2001-02-01T00:00:00Z"),
                Instant.parse("2001-02-15T00:00:00Z"));
        assertThat(exists("usage_record_2001_01")).isFalse();
        assertThat(exists("usage_record_2001_02")).isTrue();
        repository.rollPartitions(clock.instant(), clock.instant(), Instant.parse("2001-03-01T00:00:00Z"));
        assertThat(exists("usage_record_2001_02")).isFalse();
    }

    @Test
    void snapshotsAndSumsOfTheirTimeGoWithThem() {
        var agency = new UsageFixture(application, "one");
        agency.putClient("a", "UTC");
        agency.map("one", "a");
        agency.call("one", Instant.parse("2018-03-03T12:00:00Z"), 60);
        agency.collect(Instant.parse("2018-01-01T00:00:00Z"));
        assertThat(agency.sums("day", "2018-03-03", "2018-03-03").size()).isEqualTo(1);

        String corrected = agency.call("one", Instant.parse("2018-03-03T13:00:00Z"), 60);
        agency.collect(Instant.parse("2018-01-01T00:00:00Z"));
        UsageFixture.sandbox(
                "POST", "calls/" + corrected + "/cost", Json.object().put("factor", 2));
        agency.collect(Instant.parse("2018-01-01T00:00:00Z"));

        // One record is enough to find a subject, whose records refer to each other.
        assertThat(repository.pruneRecords(Instant.parse("2018-04-01T00:00:00Z"), 1))
                .isPositive();
        assertThat(repository.pruneRecords(Instant.parse("2018-04-01T00:00:00Z"), 100))
                .isPositive();
        assertThat(repository.pruneRecords(Instant.parse("2018-04-01T00:00:00Z"), 100))
                .isZero();
        assertThat(repository.prune(Instant.parse("2018-04-01T00:00:00Z"), 100)).isPositive();
        assertThat(repository.prune(Instant.parse("2018-04-01T00:00:00Z"), 100)).isZero();
        assertThat(agency.sums("day", "2018-03-03", "2018-03-03").size()).isZero();
        assertThat(agency.send("POST", "usage/days/verify", agency.token())
                        .body()
                        .path("items"))
                .isEmpty();
    }
}
