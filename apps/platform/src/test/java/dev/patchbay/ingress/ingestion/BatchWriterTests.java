package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.connections.Sealing;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
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

/** Concurrent events are written together, and each write is completed for itself. */
@PatchbayTest
class BatchWriterTests {

    private final TenantId tenant =
            new TenantId(Ids.next("ten", Clock.systemUTC().instant()));
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private IncomingEventRepository repository;

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
    void aRowThatTheDatabaseRejectsFailsAlone() throws Exception {
        var batchWriter = start(repository, Duration.ofSeconds(10));
        var answers = new ArrayList<Future<Boolean>>();
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                var incomingEvent = event("key-" + i, i % 20 == 7 ? "nul: \u0000" : "fine");
                answers.add(crowd.submit(() -> batchWriter.write(incomingEvent)));
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
        var first = event("same", "a");
        var second = event("same", "b");

        var newIds = tenancy.throughDefinerFunction(() -> repository.store(List.of(first, second)));

        assertThat(newIds)
                .hasSize(1)
                .containsAnyOf(first.event().id(), second.event().id());
        assertThat(stored("event")).isEqualTo(1);
        assertThat(stored("event_dispatch")).isEqualTo(1);
        assertThat(stored("event_route")).isEqualTo(1);
    }

    @Test
    void aWriteThatTimesOutIsAnswered429() {
        var batchWriter = start(new Failing(0), Duration.ofMillis(1));
        assertThatThrownBy(() -> batchWriter.write(event("late", ""))).isInstanceOf(Problem.class);
        batchWriter.stop();
    }

    @Test
    void fullQueueAnswers429Immediately() throws Exception {
        var batchWriter = start(new Failing(0), Duration.ofSeconds(30));
        var answers = new ArrayList<Future<Boolean>>();
        int rejected = 0;
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_400; i++) {
                var incomingEvent = event("crowd-" + i, "");
                answers.add(crowd.submit(() -> batchWriter.write(incomingEvent)));
            }
            for (var answer : answers) {
                rejected += isRejected(answer) ? 1 : 0;
            }
        } finally {
            batchWriter.stop();
        }
        assertThat(rejected).isPositive().isLessThan(400);
    }

    private static boolean isRejected(Future<Boolean> answer) throws InterruptedException {
        try {
            answer.get();
            return false;
        } catch (ExecutionException problem) {
            assertThat(problem.getCause())
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("Too many events are waiting");
            return true;
        }
    }

    @Test
    void anUnreachableDatabaseIsAnswered429() {
        var batchWriter = start(new Failing(1), Duration.ofSeconds(10));
        assertThatThrownBy(() -> batchWriter.write(event("failing", "")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.type().code()).isEqualTo("429.not_stored"));
        batchWriter.stop();
    }

    @Test
    void aWriteAfterTheStopIsAnswered429() {
        var batchWriter = start(repository, Duration.ofSeconds(10));
        batchWriter.stop();

        assertThat(batchWriter.isRunning()).isFalse();
        assertThatThrownBy(() -> batchWriter.write(event("stopped", ""))).isInstanceOf(Problem.class);
    }

    @Test
    void anInterruptedWriteIsAnswered429() {
        var batchWriter = start(new Failing(0), Duration.ofSeconds(10));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> batchWriter.write(event("interrupted", ""))).isInstanceOf(Problem.class);
        assertThat(Thread.interrupted()).isTrue();
        batchWriter.stop();
    }

    private BatchWriter start(IncomingEventRepository repository, Duration timeout) {
        var settings = new IngressSettings(timeout, DataSize.ofMegabytes(1), Duration.ofSeconds(1));
        var batchWriter = new BatchWriter(repository, sealing, tenancy, settings, meters);
        batchWriter.start();
        return batchWriter;
    }

    /** A repository that stores nothing: it waits for a while, or fails. */
    private final class Failing extends IncomingEventRepository {
        private final int failing;

        Failing(int failing) {
            super(operations, jdbc);
            this.failing = failing;
        }

        @Override
        java.util.Set<EventId> store(List<IncomingEvent> batch) {
            if (failing > 0) {
                throw new org.springframework.dao.QueryTimeoutException("away");
            }
            jdbc.sql("SELECT pg_sleep(0.3)").query().listOfRows();
            return java.util.Set.of();
        }
    }

    private IncomingEvent event(String key, String text) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        var event = new Event(
                EventId.next(now),
                tenant,
                Optional.empty(),
                new ConnectionId("con_test"),
                "test.happened",
                "/connections/con_test",
                "subject " + text,
                now,
                new CorrelationId(Ids.next("cor", now)),
                Optional.empty(),
                Json.object().put("text", text),
                Optional.of("+14155550123"),
                Event.Origin.POLL,
                now,
                EventStatus.READY,
                Optional.empty());
        return new IncomingEvent(event, key, List.of(new Route("agent", "unmapped")), "{}", new byte[] {1, 2, 3});
    }

    private long stored(String table) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                        .query(Long.class)
                        .single());
    }
}
