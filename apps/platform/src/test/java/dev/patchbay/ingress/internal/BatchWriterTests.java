package dev.patchbay.ingress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Sealing;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** Concurrent arrivals are committed together, and each is answered for itself. */
@PatchbayTest
class BatchWriterTests {

    private final TenantId tenant =
            new TenantId(Ids.next("ten", Clock.systemUTC().instant()));
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private IncomingEventRepository arrivals;

    @Autowired
    private JdbcOperations operations;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    /** The tenants of these tests have no keys. */
    private final Sealing sealing = new Sealing() {
        @Override
        public byte[] seal(TenantId whose, String place, byte[] clear) {
            return clear.clone();
        }

        @Override
        public byte[] open(TenantId whose, String place, byte[] sealed) {
            return sealed.clone();
        }
    };

    @Test
    void aPoisonedRowFailsAloneAndTheOthersOfItsBatchAreStored() throws Exception {
        var batchWriter = committer(arrivals, Duration.ofSeconds(10));
        var answers = new ArrayList<Future<Boolean>>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                var incomingEvent = arrival("key-" + i, i % 20 == 7 ? "nul: \u0000" : "fine");
                answers.add(crowd.submit(() -> batchWriter.commit(incomingEvent)));
            }
            for (int i = 0; i < 60; i++) {
                var answer = answers.get(i);
                if (i % 20 == 7) {
                    assertThatThrownBy(answer::get)
                            .isInstanceOf(ExecutionException.class)
                            .cause()
                            .isInstanceOf(DataIntegrityViolationException.class);
                } else {
                    assertThat(answer.get()).isTrue();
                }
            }
        } finally {
            batchWriter.stop();
        }
        assertThat(stored("event")).isEqualTo(57);
        assertThat(stored("ingress_dedup")).isEqualTo(57);
        assertThat(meters.get("ingress.batch").summary().totalAmount()).isEqualTo(60);
    }

    @Test
    void theSameFactTwiceInABatchIsOneEvent() {
        var first = arrival("same", "a");
        var second = arrival("same", "b");

        var fresh = tenancy.throughDoor(() -> arrivals.store(List.of(first, second)));

        assertThat(fresh)
                .hasSize(1)
                .containsAnyOf(first.event().id(), second.event().id());
        assertThat(stored("event")).isEqualTo(1);
        assertThat(stored("event_dispatch")).isEqualTo(1);
        assertThat(stored("event_route")).isEqualTo(1);
    }

    @Test
    void whatIsNotStoredInTimeIsAskedForAgain() {
        var batchWriter = committer(new Failing(0), Duration.ofMillis(1));
        assertThatThrownBy(() -> batchWriter.commit(arrival("late", ""))).isInstanceOf(Problem.class);
        batchWriter.stop();
    }

    @Test
    void whatComesWhenTooMuchWaitsIsAskedForAgainAtOnce() throws Exception {
        var batchWriter = committer(new Failing(0), Duration.ofSeconds(30));
        var answers = new ArrayList<Future<Boolean>>();
        int refused = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_400; i++) {
                var incomingEvent = arrival("crowd-" + i, "");
                answers.add(crowd.submit(() -> batchWriter.commit(incomingEvent)));
            }
            for (var answer : answers) {
                refused += refused(answer) ? 1 : 0;
            }
        } finally {
            batchWriter.stop();
        }
        assertThat(refused).isPositive().isLessThan(400);
    }

    private static boolean refused(Future<Boolean> answer) throws InterruptedException {
        try {
            answer.get();
            return false;
        } catch (ExecutionException problem) {
            assertThat(problem.getCause()).isInstanceOf(Problem.class).hasMessageContaining("Too much is waiting");
            return true;
        }
    }

    @Test
    void whatTheDatabaseCannotTakeIsAskedForAgain() {
        var batchWriter = committer(new Failing(1), Duration.ofSeconds(10));
        assertThatThrownBy(() -> batchWriter.commit(arrival("failing", "")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type().code()).isEqualTo("429.not_stored"));
        batchWriter.stop();
    }

    @Test
    void whatComesWhileItStopsIsAskedForAgain() {
        var batchWriter = committer(arrivals, Duration.ofSeconds(10));
        batchWriter.stop();

        assertThat(batchWriter.isRunning()).isFalse();
        assertThatThrownBy(() -> batchWriter.commit(arrival("stopped", ""))).isInstanceOf(Problem.class);
    }

    @Test
    void whoeverIsInterruptedWhileWaitingIsTold() {
        var batchWriter = committer(new Failing(0), Duration.ofSeconds(10));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> batchWriter.commit(arrival("interrupted", ""))).isInstanceOf(Problem.class);
        assertThat(Thread.interrupted()).isTrue();
        batchWriter.stop();
    }

    private BatchWriter committer(IncomingEventRepository repository, Duration within) {
        var settings = new IngressSettings(
                within,
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ofDays(1),
                Duration.ofDays(1));
        var batchWriter = new BatchWriter(repository, sealing, tenancy, settings, meters);
        batchWriter.start();
        return batchWriter;
    }

    /** A database that does not take arrivals: it waits for a while, or refuses. */
    private final class Failing extends IncomingEventRepository {
        private final int refusing;

        Failing(int refusing) {
            super(operations, jdbc);
            this.refusing = refusing;
        }

        @Override
        java.util.Set<String> store(List<IncomingEvent> batch) {
            if (refusing > 0) {
                throw new org.springframework.dao.QueryTimeoutException("away");
            }
            jdbc.sql("SELECT pg_sleep(0.3)").query().listOfRows();
            return java.util.Set.of();
        }
    }

    private IncomingEvent arrival(String key, String text) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        var event = new Event(
                Ids.next("evt", now),
                tenant,
                Optional.empty(),
                "con_test",
                "test.happened",
                "/connections/con_test",
                "subject",
                now,
                new CorrelationId(Ids.next("cor", now)),
                Optional.empty(),
                Json.object().put("text", text),
                Optional.of("+14155550123"),
                Event.Origin.POLL,
                now,
                Event.Status.READY,
                Optional.empty());
        return new IncomingEvent(event, key, List.of(new Route("agent", "nobody's")), "{}", new byte[] {1, 2, 3});
    }

    private long stored(String table) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                        .query(Long.class)
                        .single());
    }
}
