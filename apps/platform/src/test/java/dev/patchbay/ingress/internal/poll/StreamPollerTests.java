package dev.patchbay.ingress.internal.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.ingress.internal.EventIngestion;
import dev.patchbay.ingress.internal.poll.PollCursorRepository.Stream;
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
    private PollSchedule ofTheApplication;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    private EventIngestion eventIngestion;

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
    private SmartLifecycle committer;

    private PolledTenant world;
    private Stream stream;
    private final Vendor vendor = new Vendor();

    private static PollSettings settings(Duration lease) {
        return new PollSettings(
                Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofDays(1), lease, Duration.ofDays(400));
    }

    /** A vendor that answers page by page what it was told to, and remembers what it was asked. */
    private static final class Vendor implements PollSource {
        private final ArrayDeque<Supplier<Page>> answers = new ArrayDeque<>();
        private final List<Optional<String>> asked = new ArrayList<>();

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
            asked.add(cursor);
            return answers.remove().get();
        }

        void tells(PollSource.Page... pages) {
            List.of(pages).forEach(page -> answers.add(() -> page));
        }

        void isDown() {
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

    private StreamPoller reading(PollSettings settings, PollFactRepository kept) {
        return new StreamPoller(connections, eventIngestion, cursors, kept, settings, tenancy, Clock.systemUTC());
    }

    private PollReport read() {
        return reading(USUAL, facts).read(vendor, stream);
    }

    private Reconciliation.Day figures() {
        return reconciliation
                .days(world.tenant, Optional.empty(), Optional.empty(), Optional.empty(), 10, Optional.empty())
                .items()
                .getFirst();
    }

    @AfterEach
    void startAgain() {
        ofTheApplication.start();
    }

    @BeforeEach
    void setUp() {
        ofTheApplication.stop();
        world = new PolledTenant(tenants, clients, connections, tenancy, jdbc);
        world.atRetell("");
        stream = new Stream(world.tenant, PolledTenant.QUIET, "calls", "retell");
        tenancy.inTenant(world.tenant, () -> cursors.know(stream, PolledTenant.QUIET));
    }

    @Test
    void readsPageAfterPageAndGoesOnFromTheLastCursor() {
        vendor.tells(page("1", true, "a", "b"), page("2", false, "b", "c"), page("3", false));
        var first = read();
        assertThat(first.repaired()).isEqualTo(3);
        assertThat(first.known()).isEqualTo(1);
        assertThat(read().read()).isZero();
        assertThat(vendor.asked).containsExactly(Optional.empty(), Optional.of("1"), Optional.of("2"));
        assertThat(figures().repaired()).isEqualTo(3);
        assertThat(figures().day()).isEqualTo("2026-11-20");
    }

    @Test
    void aVendorThatIsDownKeepsTheCursor() {
        vendor.tells(page("1", true, "a"));
        vendor.isDown();
        var report = read();
        assertThat(report.state()).isEqualTo("unavailable");
        assertThat(report.detail()).isEqualTo("It is down.");
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(figures().lastPolledAt()).isNull();
        vendor.tells(page("2", false, "b"));
        assertThat(read().state()).isEqualTo("done");
        assertThat(vendor.asked).endsWith(Optional.of("1"));
        assertThat(figures().lastPolledAt()).isNotNull();
    }

    @Test
    void aCrashBetweenStoringAndTheCursorRepeatsHarmlessly() {
        vendor.tells(page("1", false, "a", "b"));
        var dying = new PollFactRepository(jdbc) {
            @Override
            void keep(WebhookEndpoint address, String provider, Collection<Seen> seen) {
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> reading(settings(Duration.ZERO), dying).read(vendor, stream))
                .hasMessage("killed");
        assertThat(world.state(PolledTenant.QUIET)).hasSize(2);

        vendor.tells(page("1", false, "a", "b"));
        var report = read();

        assertThat(vendor.asked).containsOnly(Optional.empty());
        assertThat(report.known()).isEqualTo(2);
        assertThat(world.state(PolledTenant.QUIET)).hasSize(2);
        assertThat(figures().repaired()).isEqualTo(2);
        assertThat(figures().known()).isZero();
    }

    @Test
    void ofTwoProcessesOneReads() {
        var second = new ArrayList<PollReport>();
        PollSource slow = new Delegating(vendor, () -> second.add(read()));
        vendor.tells(page("1", false, "a"));
        var first = reading(USUAL, facts).read(slow, stream);
        assertThat(first.state()).isEqualTo("done");
        assertThat(second)
                .singleElement()
                .satisfies(report -> assertThat(report.state()).isEqualTo("busy"));
        assertThat(vendor.asked).hasSize(1);
    }

    @Test
    void whoSleptThroughTheLeaseLeavesTheCursorToTheOther() {
        var second = new ArrayList<PollReport>();
        PollSource slow = new Delegating(vendor, () -> second.add(read()));
        vendor.tells(page("late", false, "a"), page("early", false, "a"));
        var first = reading(settings(Duration.ZERO), facts).read(slow, stream);
        assertThat(first.state()).isEqualTo("busy");
        assertThat(second)
                .singleElement()
                .satisfies(report -> assertThat(report.state()).isEqualTo("done"));
        assertThat(world.state(PolledTenant.QUIET)).hasSize(1);
        vendor.tells(page("3", false));
        read();
        assertThat(vendor.asked).endsWith(Optional.of("late"));
    }

    /** Something happens while the vendor answers. */
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
    void whatCannotBeStoredIsMissingUntilItCan() {
        var strange = new PollSource.Found(fact("a", "{\"message\":{}}"), Hashing.utf8("{}"));
        var fine = page("1", false, "b").found().getFirst();
        vendor.tells(new PollSource.Page(List.of(strange, fine), "1", false));
        assertThat(read().missing()).isEqualTo(1);
        assertThat(figures().missing()).isEqualTo(1);
        assertThat(differences("missing")).singleElement().satisfies(it -> {
            assertThat(it.subject()).isEqualTo("s_a");
            assertThat(it.eventId()).isNull();
        });
        vendor.tells(page("2", false, "a"));
        read();
        assertThat(figures().missing()).isZero();
        assertThat(figures().repaired()).isEqualTo(2);
    }

    private List<Reconciliation.Difference> differences(String kind) {
        return reconciliation
                .differences(world.tenant, Optional.of(kind), 10, Optional.empty())
                .items();
    }

    @Test
    void nothingIsSkippedWhileNothingCanBeStored() {
        committer.stop();
        try {
            vendor.tells(page("1", false, "a"));
            assertThat(read().state()).isEqualTo("unavailable");
        } finally {
            committer.start();
        }
        vendor.tells(page("1", false, "a"));
        assertThat(read().repaired()).isEqualTo(1);
        assertThat(vendor.asked).containsOnly(Optional.empty());
    }

    @Test
    void aConnectionThatMustBeMendedIsSaidSo() {
        connections.markUnhealthy(world.tenant, new ConnectionId(PolledTenant.QUIET), "Connect it again.");
        assertThat(read().detail()).isEqualTo("Connect it again.");
        assertThat(connections.findUsable("retell"))
                .doesNotContain(new WebhookEndpoint(world.tenant, new ConnectionId(PolledTenant.QUIET)));
        assertThatThrownBy(() -> connections.loadReady(world.tenant, new ConnectionId("con_none")))
                .hasMessageContaining("con_none");
    }

    @Test
    void aPageMayTellAFactTwice() {
        vendor.tells(page(
                "1", false, IntStream.range(0, 6).mapToObj(i -> "k" + i % 3).toArray(String[]::new)));
        assertThat(read().read()).isEqualTo(6);
        assertThat(figures().repaired()).isEqualTo(3);
    }

    @Test
    void figuresOfLongAgoAreForgotten() {
        var old = new Normalised(
                "crm.message.sent",
                "old",
                "s_old",
                Optional.of(Instant.parse("2020-01-01T00:00:00Z")),
                List.of(),
                Optional.empty(),
                Json.read("{\"message\":{\"locationId\":\"l\"}}"));
        vendor.tells(new PollSource.Page(List.of(new PollSource.Found(old, Hashing.utf8("{}"))), "1", false));
        assertThat(read().repaired()).isEqualTo(1);
        assertThat(differences("repaired")).isEmpty();
    }
}
