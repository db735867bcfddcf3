package dev.patchbay.usage.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import dev.patchbay.usage.UsageFixture;
import dev.patchbay.usage.records.Attributions;
import dev.patchbay.usage.records.Rollups;
import dev.patchbay.usage.records.UsageWriter;
import dev.patchbay.usage.reports.UsageReports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@PatchbayTest
class UsageCanaryTests {

    @Autowired
    private ApplicationContext application;

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Object> notices = new ArrayList<>();
    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application);
        agency.putClient("canary", "UTC");
    }

    private UsageCanary canary(String tenant, String... roles) {
        return new UsageCanary(
                new CanarySettings(tenant, agency.client("canary").value(), Duration.ofMinutes(1)),
                application.getBean(UsageWriter.class),
                application.getBean(Attributions.class),
                application.getBean(Rollups.class),
                application.getBean(UsageReports.class),
                meters,
                application.getBean(Tenancy.class),
                notices::add,
                new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("."), Set.of(roles)),
                clock);
    }

    private int alarms() {
        var counter = meters.find("usage.alarms").counter();
        return counter == null ? 0 : (int) counter.count();
    }

    @Test
    void aRecordedQuarterIsReadAndRecordedOnce() {
        UsageCanary canary = canary(agency.tenant.value());
        for (int minute = 0; minute < 60; minute += 5) {
            canary.runOnce();
            clock.tick(Duration.ofMinutes(5));
        }

        assertThat(alarms()).isZero();
        assertThat(canary.check(clock.instant())).isTrue();
        String day = clock.instant().toString().substring(0, 10);
        assertThat(agency.sums("client", "2026-01-01", day)
                        .path(agency.client("canary").value())
                        .path("calls")
                        .asInt())
                .isBetween(4, 5);
    }

    @Test
    void aMissingQuarterRaisesTheAlarmOnce() {
        UsageCanary canary = canary(agency.tenant.value());
        assertThat(canary.check(clock.instant())).isTrue();
        clock.tick(Duration.ofMinutes(36));

        assertThat(canary.check(clock.instant())).isFalse();
        assertThat(canary.check(clock.instant())).isFalse();
        assertThat(alarms()).isEqualTo(1);
        assertThat(notices).singleElement().isInstanceOfSatisfying(Notice.class, notice -> {
            assertThat(notice.topic()).isEqualTo(NoticeTopic.USAGE_CANARY_MISSED);
            assertThat(notice.scope().tenant()).isEqualTo(agency.tenant);
        });
    }

    @Test
    void onlyAWorkerWithATenantHasACanary() {
        assertThat(canary("", "worker").isAutoStartup()).isFalse();
        assertThat(canary(agency.tenant.value(), "api").isAutoStartup()).isFalse();
        assertThat(canary(agency.tenant.value(), "worker").isAutoStartup()).isTrue();
    }
}
