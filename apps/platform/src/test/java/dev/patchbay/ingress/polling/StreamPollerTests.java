package dev.patchbay.ingress.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.ingress.ingestion.EventIngestion;
import dev.patchbay.ingress.polling.PollCursorRepository.Stream;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class StreamPollerTests {

    private static final PollSettings USUAL = settings(Duration.ofMinutes(1));

    @Autowired
    private PollSchedule scheduleOfTheApplication;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    private EventIngestion ingestion;

    @Autowired
    private PollCursorRepository cursors;

    @Autowired
    private PollFactRepository facts;

    @Autowired
    private Reconciliation reconciliation;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SmartLifecycle batchWriter;

    private PolledTenant agency;
    private Stream stream;
    private final ScriptedSource source = new ScriptedSource();

    private static PollSettings settings(Duration lease) {
        return new PollSettings(
                Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofDays(1), lease, Duration.ofDays(400));
    }

    /** A poll source that returns prepared pages and records the cursors that it was asked for. */
    private static final class ScriptedSource implements PollSource {
        private final ArrayDeque<Supplier<Page>> answers = new ArrayDeque<>();
        private final List<Optional<String>> readCursors = new ArrayList<>();

        @Override
        public String provider() {
            return "retell";
        }

        @Override
        public Set<String> streams() {
            return Set.of("calls");
        }

        @Override
        public Page read(Account account, String name, Optional<String> cursor, Instant from) {
            readCursors.add(cursor);
            return answers.remove().get();
        }

        void returns(PollSource.Page... pages) {
            List.of(pages).forEach(page -> answers.add(() -> page));
        }

        void fails() {
            answers.add(() -> {
                throw new Unavailable("It is down.");
            });
        }
    }

    private static Normalised fact(String key, String data) {
        return new Normalised(
                "crm.message.sent",
                key,
                "s_" + key,
                Optional.of(Instant.parse("2026-11-20T23:59:59Z")),
                List.of(new Route("agent", "nobody")),
                Optional.empty(),
                Json.read(data));
    }

    private static PollSource.Page page(String cursor, boolean more, String... keys) {
        return new PollSource.Page(
                List.of(keys).stream()
                        .map(key -> new PollSource.Found(
                                fact(key, "{\"message\":{\"locationId\":\"l\"}}"), Hashing.utf8("{}")))
                        .toList(),
                cursor,
                more);
    }

    private StreamPoller poller(PollSettings settings, PollFactRepository repository) {
        return new StreamPoller(connections, ingestion, cursors, repository, settings, tenancy, Clock.systemUTC());
    }

    private PollReport poll() {
        return poller(USUAL, facts).poll(source, stream);
    }

    private Reconciliation.Day day() {
        return reconciliation
                .listDays(agency.tenant, Optional.empty(), Optional.empty(), Optional.empty(), 10, Optional.empty())
                .items()
                .getFirst();
    }

    @AfterEach
    void startTheSchedule() {
        scheduleOfTheApplication.start();
    }

    @BeforeEach
    void setUp() {
        scheduleOfTheApplication.stop();
        agency = new PolledTenant(tenants, clients, connections, tenancy, jdbc);
        agency.atRetell("");
        stream = new Stream(agency.tenant, new ConnectionId(PolledTenant.QUIET), "calls", "retell");
        tenancy.inTenant(agency.tenant, () -> cursors.register(stream, new ConnectionId(PolledTenant.QUIET)));
    }

    @Test
    void pagesAreReadInOrderAndTheNextPollContinuesAtTheCursor() {
        source.returns(page("1", true, "a", "b"), page("2", false, "b", "c"), page("3", false));
        var first = poll();
        assertThat(first.repaired()).isEqualTo(3);
        assertThat(first.matched()).isEqualTo(1);
        assertThat(poll().read()).isZero();
        assertThat(source.readCursors).containsExactly(Optional.empty(), Optional.of("1"), Optional.of("2"));
        assertThat(day().repaired()).isEqualTo(3);
        assertThat(day().day()).isEqualTo("2026-11-20");
    }

    @Test
    void theCursorStaysWhileTheProviderIsDown() {
        source.returns(page("1", true, "a"));
        source.fails();
        var report = poll();
        assertThat(report.state()).isEqualTo(PollState.UNAVAILABLE);
        assertThat(report.detail()).isEqualTo("It is down.");
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(day().lastPolledAt()).isNull();
        source.returns(page("2", false, "b"));
        assertThat(poll().state()).isEqualTo(PollState.DONE);
        assertThat(source.readCursors).endsWith(Optional.of("1"));
        assertThat(day().lastPolledAt()).isNotNull();
    }

    @Test
    void aCrashBeforeTheCursorMovesRepeatsThePageWithoutDuplicates() {
        source.returns(page("1", false, "a", "b"));
        var dying = new PollFactRepository(jdbc) {
            @Override
            void save(WebhookEndpoint address, String provider, Collection<PolledFact> seen) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> poller(settings(Duration.ZERO), dying).poll(source, stream))
                .hasMessage("killed");
        assertThat(agency.state(PolledTenant.QUIET)).hasSize(2);

        source.returns(page("1", false, "a", "b"));
        var report = poll();

        assertThat(source.readCursors).containsOnly(Optional.empty());
        assertThat(report.matched()).isEqualTo(2);
        assertThat(agency.state(PolledTenant.QUIET)).hasSize(2);
        assertThat(day().repaired()).isEqualTo(2);
        assertThat(day().matched()).isZero();
    }

    @Test
    void onlyOneOfTwoProcessesPollsAStream() {
        var second = new ArrayList<PollReport>();
        PollSource slow = new Delegating(source, () -> second.add(poll()));
        source.returns(page("1", false, "a"));
        var first = poller(USUAL, facts).poll(slow, stream);
        assertThat(first.state()).isEqualTo(PollState.DONE);
        assertThat(second)
                .singleElement()
                .satisfies(report -> assertThat(report.state()).isEqualTo(PollState.BUSY));
        assertThat(source.readCursors).hasSize(1);
    }

    @Test
    void aPollWhoseLeaseExpiredDoesNotMoveTheCursor() {
        var second = new ArrayList<PollReport>();
        PollSource slow = new Delegating(source, () -> second.add(poll()));
        source.returns(page("late", false, "a"), page("early", false, "a"));
        var first = poller(settings(Duration.ZERO), facts).poll(slow, stream);
        assertThat(first.state()).isEqualTo(PollState.BUSY);
        assertThat(second)
                .singleElement()
                .satisfies(report -> assertThat(report.state()).isEqualTo(PollState.DONE));
        assertThat(agency.state(PolledTenant.QUIET)).hasSize(1);
        source.returns(page("3", false));
        poll();
        assertThat(source.readCursors).endsWith(Optional.of("late"));
    }

    /** Runs something while the source reads. */
    private record Delegating(PollSource source, Runnable meanwhile) implements PollSource {
        @Override
        public String provider() {
            return source.provider();
        }

        @Override
        public Set<String> streams() {
            return source.streams();
        }

        @Override
        public Page read(Account account, String name, Optional<String> cursor, Instant from) {
            meanwhile.run();
            return source.read(account, name, cursor, from);
        }
    }

    @Test
    void aFactThatCannotBeStoredIsMissingUntilItCan() {
        var strange = new PollSource.Found(fact("a", "{\"message\":{}}"), Hashing.utf8("{}"));
        var fine = page("1", false, "b").found().getFirst();
        source.returns(new PollSource.Page(List.of(strange, fine), "1", false));
        assertThat(poll().missing()).isEqualTo(1);
        assertThat(day().missing()).isEqualTo(1);
        assertThat(differences("missing")).singleElement().satisfies(it -> {
            assertThat(it.subject()).isEqualTo("s_a");
            assertThat(it.eventId()).isNull();
        });
        source.returns(page("2", false, "a"));
        poll();
        assertThat(day().missing()).isZero();
        assertThat(day().repaired()).isEqualTo(2);
    }

    private List<Reconciliation.Difference> differences(String kind) {
        return reconciliation
                .listDifferences(agency.tenant, Optional.of(kind), 10, Optional.empty())
                .items();
    }

    @Test
    void noFactIsSkippedWhileStoringFails() {
        batchWriter.stop();
        try {
            source.returns(page("1", false, "a"));
            assertThat(poll().state()).isEqualTo(PollState.UNAVAILABLE);
        } finally {
            batchWriter.start();
        }
        source.returns(page("1", false, "a"));
        assertThat(poll().repaired()).isEqualTo(1);
        assertThat(source.readCursors).containsOnly(Optional.empty());
    }

    @Test
    void aConnectionThatNeedsReconnectingIsReported() {
        connections.markUnhealthy(agency.tenant, new ConnectionId(PolledTenant.QUIET), "Connect it again.");
        assertThat(poll().detail()).isEqualTo("Connect it again.");
        assertThat(connections.findUsable("retell"))
                .doesNotContain(new WebhookEndpoint(agency.tenant, new ConnectionId(PolledTenant.QUIET)));
        assertThatThrownBy(() -> connections.loadReady(agency.tenant, new ConnectionId("con_none")))
                .hasMessageContaining("con_none");
    }

    @Test
    void aPageMayListAFactTwice() {
        source.returns(page(
                "1", false, IntStream.range(0, 6).mapToObj(i -> "k" + i % 3).toArray(String[]::new)));
        assertThat(poll().read()).isEqualTo(6);
        assertThat(day().repaired()).isEqualTo(3);
    }

    @Test
    void factsBeyondTheRetentionAreDeleted() {
        var old = new Normalised(
                "crm.message.sent",
                "old",
                "s_old",
                Optional.of(Instant.parse("2020-01-01T00:00:00Z")),
                List.of(),
                Optional.empty(),
                Json.read("{\"message\":{\"locationId\":\"l\"}}"));
        source.returns(new PollSource.Page(List.of(new PollSource.Found(old, Hashing.utf8("{}"))), "1", false));
        assertThat(poll().repaired()).isEqualTo(1);
        assertThat(differences("repaired")).isEmpty();
    }
}
