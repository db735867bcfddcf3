package dev.patchbay.usage.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.connections.Account;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.usage.UsageFixture;
import dev.patchbay.usage.spi.UsageSource;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Metric;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A pass that breaks off, or that several processes run at once, leaves each call once and no gap in any sequence. */
@PatchbayTest
class InterruptedPassTests {

    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static final int PAGES = 4;
    private static final int PAGE_SIZE = 5;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private CollectionRepository collections;

    @Autowired
    private PassRunner runner;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private UsageFixture agency;

    /** Four pages of five calls of two agents; the reading of one page fails as often as it is told. */
    private final class PagedSource implements UsageSource {

        private final int broken;
        private final AtomicInteger failures;
        private final List<Integer> read = new ArrayList<>();

        PagedSource(int broken, int failures) {
            this.broken = broken;
            this.failures = new AtomicInteger(failures);
        }

        @Override
        public String provider() {
            return "paged";
        }

        @Override
        public synchronized Page read(Account account, Window window, Optional<String> cursor) {
            int number = cursor.map(Integer::parseInt).orElse(0);
            if (number == broken && failures.getAndDecrement() > 0) {
                throw new Unavailable("The provider answered 500.");
            }
            read.add(number);
            List<UsageStatement> statements = new ArrayList<>();
            for (int call = 0; call < PAGE_SIZE; call++) {
                statements.add(statement(number * PAGE_SIZE + call));
            }
            boolean more = number < PAGES - 1;
            return new Page(statements, List.of(), Set.of(), Integer.toString(number + 1), more, Optional.empty());
        }

        private UsageStatement statement(int number) {
            var usd = Currency.getInstance("USD");
            String agent = agency.agent(number % 2 == 0 ? "one" : "two");
            return new UsageStatement(
                    "call_" + number + "_" + agency.mark,
                    NOON.plusSeconds(number),
                    new UsageStatement.Source("agent", agent),
                    agent,
                    "1",
                    Json.object().put("number", number),
                    List.of(
                            new Charge(
                                    UsageStatement.CALL, 0, Metric.TALK_SECONDS, BigDecimal.TEN, BigDecimal.ZERO, usd),
                            new Charge("voice", 0, Metric.SECONDS, BigDecimal.TEN, new BigDecimal("0.01"), usd)));
        }
    }

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "one", "two");
        agency.putClient("a", "UTC");
        agency.map("one", "a");
    }

    private CollectionRepository.Key register(CollectionPass pass) {
        var key = new CollectionRepository.Key(agency.tenant, UsageFixture.RETELL, pass, "paged");
        tenancy.inTenant(agency.tenant, () -> collections.register(key));
        return key;
    }

    private CollectionProgress progress(CollectionRepository.Key key) {
        return tenancy.inTenant(agency.tenant, () -> collections.list(agency.tenant, Optional.of("paged"))).stream()
                .filter(it -> it.pass().equals(key.pass().wireName()))
                .findFirst()
                .orElseThrow();
    }

    /** Each call once, at its cost, in streams without a gap, and daily sums that equal their records. */
    private void requireEachCallOnce() {
        assertThat(agency.cost("2026-11-10", "2026-11-10")).isEqualByComparingTo("0.20");
        assertThat(agency.sums("day", "2026-11-10", "2026-11-10")
                        .at("/2026-11-10/calls")
                        .asInt())
                .isEqualTo(PAGES * PAGE_SIZE);
        assertThat(agency.send("POST", "usage/days/verify", agency.token())
                        .body()
                        .path("items"))
                .isEmpty();
        long gaps = tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql("""
                        SELECT count(*) FROM (
                          SELECT s.client_id FROM patchbay.usage_stream s
                          LEFT JOIN patchbay.usage_record r ON r.tenant_id = s.tenant_id AND r.client_id = s.client_id
                          WHERE s.tenant_id = :tenant
                          GROUP BY s.client_id, s.seq HAVING count(DISTINCT r.seq) <> s.seq) broken""")
                        .param("tenant", agency.tenant.value())
                        .query(Long.class)
                        .single());
        assertThat(gaps).isZero();
    }

    @Test
    void aPageThatFailsInTheMiddleIsReadAgainAndTheOnesBeforeAreNot() {
        var source = new PagedSource(2, 1);
        CollectionRepository.Key key = register(CollectionPass.REQUESTED);

        runner.run(source, key);

        CollectionProgress broken = progress(key);
        assertThat(broken.state()).isEqualTo(CollectionState.UNAVAILABLE);
        assertThat(broken.detail()).isEqualTo("The provider answered 500.");
        assertThat(broken.read()).isEqualTo(2 * PAGE_SIZE);
        assertThat(agency.cost("2026-11-10", "2026-11-10")).isEqualByComparingTo("0.10");

        runner.run(source, key);

        assertThat(progress(key).state()).isEqualTo(CollectionState.DONE);
        assertThat(progress(key).read()).isEqualTo(PAGES * PAGE_SIZE);
        assertThat(source.read).containsExactly(0, 1, 2, 3);
        requireEachCallOnce();
    }

    @Test
    void twoCollectorsOfOnePassLeaveEachCallOnce() throws InterruptedException {
        CollectionRepository.Key key = register(CollectionPass.REQUESTED);
        runAtOnce(List.of(key, key, key));

        assertThat(progress(key).read()).isEqualTo(PAGES * PAGE_SIZE);
        requireEachCallOnce();
    }

    @Test
    void passesOverTheSameTimeLeaveEachCallOnce() throws InterruptedException {
        List<CollectionRepository.Key> keys = List.of(
                register(CollectionPass.REQUESTED), register(CollectionPass.LATEST), register(CollectionPass.RECENT));

        runAtOnce(keys);

        assertThat(keys.stream().mapToLong(key -> progress(key).fresh()).sum()).isEqualTo(PAGES * PAGE_SIZE);
        assertThat(keys).allSatisfy(key -> assertThat(progress(key).state()).isEqualTo(CollectionState.DONE));
        requireEachCallOnce();
    }

    /** Three processes begin together; a pass that one of them holds is left alone by the others. */
    private void runAtOnce(List<CollectionRepository.Key> keys) throws InterruptedException {
        var ready = new CountDownLatch(keys.size());
        List<Thread> threads = keys.stream()
                .map(key -> Thread.ofVirtual().start(() -> {
                    ready.countDown();
                    try {
                        ready.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    runner.run(new PagedSource(-1, 0), key);
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
