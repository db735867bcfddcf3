package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.Outage;
import dev.patchbay.connections.OutageState;
import dev.patchbay.connections.internal.OutageRepository.DueLook;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import dev.patchbay.testing.TestEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two processes with a clock of their own; the years ahead keep the application's own watch from their outages. */
@PatchbayTest
class OutageWatchTests {

    private static final OutageSettings SETTINGS = new OutageSettings(
            Duration.ofHours(1),
            5,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            64,
            Duration.ofMinutes(10));

    @Autowired
    private OutageRepository repository;

    @Autowired
    private ConnectionViewRepository views;

    @Autowired
    private ProviderRegistry providers;

    @Autowired
    private HealthChecks healthChecks;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Settings platform;

    @Autowired
    private JdbcClient jdbc;

    private final SettableClock clock = new SettableClock(Instant.parse("2100-01-01T10:00:00Z"));
    private final List<Notice> published = new ArrayList<>();
    private final TenantId tenant =
            new TenantId("tnt_out" + UUID.randomUUID().toString().substring(0, 8));
    private final TenantId otherTenant = new TenantId(tenant + "b");
    private final ConnectionId connection = new ConnectionId("con_away");
    private OutageRegistry here;
    private OutageRegistry peer;
    private OutageWatch watch;

    @BeforeEach
    void connect() {
        for (TenantId one : List.of(tenant, otherTenant)) {
            tenants.createIfAbsent(one, "system", "Outage");
            connect(one, "http://127.0.0.1:1");
        }
        here = registry();
        peer = registry();
        watch = new OutageWatch(here, repository, notices(), SETTINGS, healthChecks, tenancy, clock, platform);
    }

    @AfterEach
    void forget() {
        for (TenantId one : List.of(tenant, otherTenant)) {
            tenancy.inTenant(one, () -> repository.end(one, connection, clock.instant()));
        }
        watch.stop();
    }

    private void connect(TenantId one, String address) {
        connections.register(
                one,
                new NewConnection(
                        connection,
                        "twilio",
                        "Away",
                        URI.create(address),
                        Json.object().put("accountSid", "AC5e798f87ab556166c87afddac9dab109"),
                        Map.of("auth_token", "secret"),
                        Optional.empty()));
    }

    private OutageNotices notices() {
        return new OutageNotices(views, providers, event -> published.add((Notice) event));
    }

    private OutageRegistry registry() {
        return new OutageRegistry(repository, notices(), SETTINGS, tenancy, clock, new SimpleMeterRegistry());
    }

    private void fail(OutageRegistry process, String... origins) {
        for (String origin : origins) {
            process.recordFailure(tenant, connection, origin, "503");
        }
    }

    private List<DueLook> claimLooks() {
        return tenancy
                .throughDefinerFunction(
                        () -> repository.claimLooks(100, clock.instant(), SETTINGS.firstLook(), SETTINGS.maxLook()))
                .stream()
                .filter(look -> look.tenant().equals(tenant) || look.tenant().equals(otherTenant))
                .toList();
    }

    private Optional<OutageState> state(OutageRegistry process) {
        process.refresh();
        return process.find(tenant, connection).map(Outage::state);
    }

    private void becomeAway() {
        fail(here, "run_1", "run_1", "run_1", "run_1", "run_2");
        claimLooks().forEach(watch::look);
        assertThat(state(here)).contains(OutageState.AWAY);
    }

    @Test
    void fiveFailuresOfTwoRunsInARowLetTheSelfTestDecide() {
        fail(here, "run_1", "run_1", "run_1", "run_1", "run_1");
        assertThat(state(here)).isEmpty();
        here.recordAnswer(tenant, connection);
        fail(here, "run_2", "run_2", "run_2", "run_2");
        clock.tick(Duration.ofSeconds(31));
        fail(here, "run_3");
        assertThat(state(here)).as("the others are older than the window").isEmpty();
        fail(here, "run_4", "run_4", "run_4", "run_4");

        assertThat(state(here)).contains(OutageState.SUSPECTED);
        assertThat(here.isAway(tenant, connection)).isFalse();
        claimLooks().forEach(watch::look);
        assertThat(here.isAway(tenant, connection)).isTrue();
        assertThat(state(peer)).as("another process").contains(OutageState.AWAY);
        assertThat(here.isAway(otherTenant, connection)).isFalse();
        assertThat(here.find(otherTenant, connection)).isEmpty();
    }

    @Test
    void aSelfTestThatSucceedsEndsTheSuspicionAndTheNextOneWaits() {
        tenancy.inTenant(
                tenant,
                () -> repository.suspect(tenant, connection, clock.instant(), clock.instant(), clock.instant(), "503"));
        here.refresh();
        tenancy.inTenant(
                tenant, () -> jdbc.sql("""
                        UPDATE patchbay.connection SET state = 'DISCONNECTED', unhealthy = 'gone'
                        WHERE tenant_id = :tenant""").param("tenant", tenant.value()).update());
        claimLooks().forEach(watch::look);
        assertThat(state(here)).as("a disconnected account has no outage").isEmpty();

        fail(here, "run_1", "run_1", "run_1", "run_1", "run_2");
        assertThat(state(here)).as("tested less than 30 s ago").isEmpty();
        clock.tick(Duration.ofSeconds(30));
        fail(here, "run_1", "run_1", "run_1", "run_1", "run_2");
        assertThat(state(here)).contains(OutageState.SUSPECTED);
    }

    @Test
    void whileAwayAProviderIsTestedOnceInAnIntervalThatDoubles() {
        becomeAway();
        int looks = 0;
        for (int second = 0; second < 900; second++) {
            clock.tick(Duration.ofSeconds(1));
            var due = claimLooks();
            looks += due.size();
            assertThat(claimLooks()).as("a second process gets none").isEmpty();
        }
        assertThat(looks).as("after 30, 90, 210, 450 and 750 s").isEqualTo(5);
    }

    @Test
    void runsContinueAtAGrowingPaceUntilAFailureIsConfirmed() {
        becomeAway();
        tenancy.inTenant(tenant, () -> repository.startRecovery(tenant, connection, clock.instant()));
        assertThat(state(here)).contains(OutageState.RECOVERING);
        var outage = here.findRecovering().stream()
                .filter(one -> one.tenant().equals(tenant))
                .findFirst()
                .orElseThrow();

        assertThat(here.claimReleases(outage)).isEqualTo(1);
        assertThat(peer.claimReleases(outage)).as("within the same second").isZero();
        clock.tick(Duration.ofSeconds(10));
        assertThat(here.claimReleases(outage)).isEqualTo(2);
        clock.tick(Duration.ofSeconds(50));
        assertThat(here.claimReleases(outage)).isEqualTo(64);
        clock.tick(Duration.ofDays(1));
        assertThat(here.claimReleases(outage)).isEqualTo(64);

        fail(here, "run_1");
        clock.tick(Duration.ofSeconds(1));
        assertThat(here.claimReleases(outage)).as("a self-test decides first").isZero();
        claimLooks().forEach(watch::look);
        assertThat(here.isAway(tenant, connection)).isTrue();
    }

    @Test
    void aProviderThatAnswersStartsTheRecovery() {
        becomeAway();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        UPDATE patchbay.connection SET base_url = :url WHERE tenant_id = :tenant""")
                        .param(
                                "url",
                                TestEnvironment.SANDBOX
                                        .address()
                                        .resolve("/twilio")
                                        .toString())
                        .param("tenant", tenant.value())
                        .update());
        clock.tick(Duration.ofSeconds(30));
        claimLooks().forEach(watch::look);
        assertThat(state(here)).contains(OutageState.RECOVERING);
    }

    @Test
    void peopleAreToldOnceWhenItLastsAndWhenItIsOver() {
        becomeAway();
        watch.runOnce();
        assertThat(published).isEmpty();
        clock.tick(Duration.ofMinutes(10));
        watch.runOnce();
        watch.runOnce();
        assertThat(published).extracting(Notice::topic).containsExactly(NoticeTopic.CONNECTION_DOWN);
        assertThat(published.getFirst().data().get("reason"))
                .isEqualTo(
                        "Twilio has not answered since 10:00 UTC. Runs wait and continue by themselves; nothing is to be done.");

        here.refresh();
        here.end(here.find(tenant, connection).orElseThrow());
        assertThat(published)
                .extracting(Notice::topic)
                .containsExactly(NoticeTopic.CONNECTION_DOWN, NoticeTopic.CONNECTION_RECOVERED);
        assertThat(state(here)).isEmpty();
    }
}
