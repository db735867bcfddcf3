package dev.patchbay.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.patchbay.audit.AuditChain;
import dev.patchbay.audit.AuditFixture;
import dev.patchbay.audit.AuditQuery;
import dev.patchbay.audit.AuditTrail;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class AuditSealerTests {

    @Autowired
    private ApplicationContext platform;

    @Autowired
    private AuditTrail trail;

    @Autowired
    private AuditChain chain;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AuditSealRepository repository;

    @Autowired
    private Settings settings;

    private AuditFixture fixture;
    private AuditSealer sealer;

    @BeforeEach
    void createSealerOfAnotherProcess() {
        fixture = new AuditFixture(platform);
        sealer = new AuditSealer(repository, tenancy, settings, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @Test
    void entriesAreNumberedInTimeOrder() {
        var tenant = fixture.createTenantWithEntries(3);
        assertThat(trail.list(TenantScope.of(tenant), AuditQuery.newest(10)))
                .extracting(entry -> entry.seq() + " " + entry.resource())
                .containsExactly("3 flow/3", "2 flow/2", "1 flow/1");
        assertThat(chain.head(tenant).hash())
                .isEqualTo(trail.list(TenantScope.of(tenant), AuditQuery.newest(1))
                        .getFirst()
                        .hash());
    }

    @Test
    void severalProcessesBuildOneChain() throws Exception {
        var tenant = fixture.createTenant();
        int entries = 400;
        var written = new CountDownLatch(entries);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var ends = new ArrayList<java.util.concurrent.Future<?>>();
            for (int process = 0; process < 4; process++) {
                ends.add(threads.submit(() -> {
                    while (written.getCount() > 0) {
                        sealer.seal(tenant.value());
                    }
                }));
                ends.add(threads.submit(() -> {
                    for (int entry = 0; entry < entries / 4; entry++) {
                        fixture.publish(tenant, "flow/" + entry);
                        written.countDown();
                    }
                }));
            }
            for (var end : ends) {
                end.get();
            }
        }
        fixture.awaitSealed(tenant, entries);
        assertThat(numbers(tenant))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries).boxed().toList());
    }

    @Test
    void lateCommitsAreSealedLater() throws Exception {
        var tenant = fixture.createTenant();
        var logged = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var slow = Executors.newSingleThreadExecutor()) {
            var late = slow.submit(() -> tenancy.inTenant(tenant, () -> {
                platform.publishEvent(AuditFixture.auditable(tenant, "flow/late"));
                logged.countDown();
                try {
                    commit.await();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }));
            logged.await();
            fixture.publish(tenant, "flow/early");
            fixture.awaitSealed(tenant, 1);
            commit.countDown();
            late.get();
        }
        fixture.awaitSealed(tenant, 2);
        assertThat(trail.list(TenantScope.of(tenant), AuditQuery.newest(10)))
                .extracting(entry -> entry.seq() + " " + entry.resource())
                .containsExactlyInAnyOrder("1 flow/early", "2 flow/late");
    }

    @Test
    void aChainLockedByAnotherProcessIsSkipped() {
        var tenant = fixture.createTenantWithEntries(1);
        tenancy.throughDefinerFunction(() -> {
            var held = jdbc.sql("SELECT sealed FROM patchbay.seal_entries(:tenant, 10)")
                    .param("tenant", tenant.value())
                    .query(Integer.class)
                    .single();
            assertThat(held).isZero();
            try (var other = Executors.newSingleThreadExecutor()) {
                assertThat(other.submit(() -> sealer.seal(tenant.value())).get())
                        .isEmpty();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
            return true;
        });
        assertThat(sealer.seal(tenant.value()))
                .hasValueSatisfying(chainHead -> assertThat(chainHead.seq()).isOne());
    }

    @Test
    void aBacklogIsSealedCompletely() {
        var tenant = fixture.createTenant();
        tenancy.inTenant(tenant, () -> {
            for (int entry = 0; entry < 1_200; entry++) {
                platform.publishEvent(AuditFixture.auditable(tenant, "flow/" + entry));
            }
        });
        assertThat(fixture.awaitSealed(tenant, 1_200).seq()).isEqualTo(1_200);
    }

    @Test
    void aTamperedChainDoesNotBlockOtherTenants() {
        var meddled = fixture.createTenantWithEntries(2);
        AuditFixture.tamper("UPDATE patchbay.audit_chain SET seq = 1 WHERE tenant_id = '" + meddled + "'");
        var log = captureLog();
        fixture.publish(meddled, "flow/3");
        var other = fixture.createTenantWithEntries(1);

        assertThat(chain.head(other).unsealed()).isZero();
        sealer.sealAll(meddled.value());
        sealer.sealAll(meddled.value());
        assertThat(List.copyOf(log.list))
                .filteredOn(line -> line.getFormattedMessage().contains("cannot be sealed")
                        && line.getKeyValuePairs().toString().contains(meddled.value()))
                .as("once a minute, by this one and by the one beside it")
                .hasSizeBetween(1, 2);
        assertThat(chain.head(meddled).unsealed()).isOne();
        stopCapture(log);

        AuditFixture.tamper("UPDATE patchbay.audit_chain SET seq = 2 WHERE tenant_id = '" + meddled + "'");
        assertThat(fixture.awaitSealed(meddled, 3).seq()).isEqualTo(3);
    }

    @Test
    void movedHeadsAreLoggedOnceAMinute() {
        var tenant = fixture.createTenantWithEntries(2);
        var log = captureLog();
        Instant now = Instant.parse("2026-11-25T10:00:00Z");
        sealer.sealAll(tenant.value());
        sealer.logAnchors(now);
        assertThat(anchors(log, tenant))
                .containsExactly("2:" + chain.head(tenant).hash());

        fixture.publish(tenant, "flow/3");
        fixture.awaitSealed(tenant, 3);
        sealer.sealAll(tenant.value());
        sealer.logAnchors(now.plus(Duration.ofSeconds(59)));
        assertThat(anchors(log, tenant)).hasSize(1);
        sealer.logAnchors(now.plus(Duration.ofMinutes(1)));
        assertThat(anchors(log, tenant))
                .hasSize(2)
                .last()
                .isEqualTo("3:" + chain.head(tenant).hash());
        sealer.logAnchors(now.plus(Duration.ofMinutes(2)));
        assertThat(anchors(log, tenant)).hasSize(2);
        stopCapture(log);
    }

    private List<Long> numbers(TenantId tenant) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT seq FROM patchbay.audit_entry WHERE tenant_id = :tenant ORDER BY seq")
                        .param("tenant", tenant.value())
                        .query(Long.class)
                        .list());
    }

    private static ListAppender<ILoggingEvent> captureLog() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        ((Logger) LoggerFactory.getLogger(AuditSealer.class)).addAppender(log);
        return log;
    }

    private static void stopCapture(ListAppender<ILoggingEvent> log) {
        ((Logger) LoggerFactory.getLogger(AuditSealer.class)).detachAppender(log);
    }

    private static List<String> anchors(ListAppender<ILoggingEvent> log, TenantId tenant) {
        return List.copyOf(log.list).stream()
                .filter(line -> line.getFormattedMessage().equals("audit chain"))
                .filter(line -> line.getKeyValuePairs().toString().contains(tenant.value()))
                .map(line -> String.valueOf(line.getKeyValuePairs().getLast().value))
                .toList();
    }
}
