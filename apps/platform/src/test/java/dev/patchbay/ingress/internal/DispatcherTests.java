package dev.patchbay.ingress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class DispatcherTests {

    private final TenantId tenant =
            new TenantId(Ids.next("ten", Clock.systemUTC().instant()));
    private final ConcurrentHashMap<String, AtomicInteger> heard = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Autowired
    private Dispatcher ofTheApplication;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private DispatchRepository dispatches;

    @Autowired
    private EventRepository events;

    @Autowired
    private IncomingEventRepository arrivals;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry applicationMeters;

    @BeforeEach
    void letNobodyElseClaim() {
        ofTheApplication.stop();
    }

    @AfterEach
    void startAgain() {
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.event_dispatch SET state = 'DONE'")
                        .update());
        ofTheApplication.start();
    }

    @Test
    void twoProcessesNeverDispatchAnEventTwice() {
        var one = dispatcher("worker", this::hear);
        var two = dispatcher("worker", this::hear);
        var stored = IntStream.range(0, 150).mapToObj(i -> store()).toList();
        one.start();
        two.start();
        stored.subList(0, 10).forEach(event -> {
            one.wake();
            two.wake();
        });

        await().atMost(Duration.ofSeconds(30)).until(() -> stored.stream().allMatch(this::isDone));
        one.stop();
        two.stop();

        assertThat(stored).allSatisfy(event -> assertThat(heard.get(event)).hasValue(1));
        assertThat(one.isRunning()).isFalse();
    }

    @Test
    void whatAConsumerRefusesComesAgain() {
        var refusing = new AtomicInteger(1);
        var dispatcher = dispatcher("worker", event -> {
            hear(event);
            if (refusing.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
        });
        String event = store();
        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> isDone(event));
        dispatcher.stop();

        assertThat(heard.get(event)).hasValue(2);
        assertThat(meters.counter("event.dispatches", "outcome", "retried").count())
                .isEqualTo(1);
    }

    @Test
    void whatIsRefusedToTheEndIsGivenUp() {
        var dispatcher = dispatcher("worker", event -> {
            throw new IllegalStateException("never");
        });
        String event = store();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.event_dispatch SET attempts = give_up_at - 1 WHERE event_id = ?")
                        .param(event)
                        .update());
        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> status(event) == Event.Status.FAILED);
        dispatcher.stop();
        assertThat(meters.counter("event.dispatches", "outcome", "failed").count())
                .isEqualTo(1);
    }

    @Test
    void whatABusyConsumerTurnsAwayIsNotCountedAgainstIt() {
        var busy = new AtomicInteger(1);
        var dispatcher = dispatcher("worker", event -> {
            hear(event);
            if (busy.getAndDecrement() > 0) {
                throw new EventConsumer.Busy("hands full");
            }
        });
        String event = store();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.event_dispatch SET attempts = give_up_at - 1 WHERE event_id = ?")
                        .param(event)
                        .update());
        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> isDone(event));
        dispatcher.stop();

        assertThat(heard.get(event)).hasValue(2);
        assertThat(meters.counter("event.dispatches", "outcome", "busy").count())
                .isEqualTo(1);
    }

    @Test
    void aClientWithALongBacklogLeavesTheOthersTheirTurn() {
        for (int i = 0; i < 40; i++) {
            store("cli_busy");
        }
        String one = store("cli_quiet");
        String other = store("cli_calm");

        var claimed = tenancy.throughDoor(() -> dispatches.claim("a test", 6, 8, Duration.ofMinutes(1))).stream()
                .map(DispatchRepository.Claim::eventId)
                .toList();

        assertThat(claimed).hasSize(6).contains(one, other);
    }

    @Test
    void aClientHoldsNoMoreThanItsShareOfTheWorkers() {
        for (int i = 0; i < 10; i++) {
            store("cli_slow");
        }
        assertThat(claimedBy(3)).isEqualTo(3);
        assertThat(claimedBy(3)).isZero();
    }

    private int claimedBy(int mostEach) {
        return (int) tenancy.throughDoor(() -> dispatches.claim("a test", 8, mostEach, Duration.ofMinutes(1))).stream()
                .filter(claim -> claim.tenant().equals(tenant))
                .count();
    }

    @Test
    void anExpiredClaimIsClaimedAgainAndTheLateWorkerChangesNothing() {
        String event = store();
        var expired = claim(Duration.ZERO, event);
        var current = claim(Duration.ofMinutes(1), event);

        tenancy.inTenant(tenant, () -> dispatches.done(expired));
        assertThat(status(event)).isEqualTo(Event.Status.CLAIMED);
        tenancy.inTenant(tenant, () -> dispatches.done(current));
        assertThat(status(event)).isEqualTo(Event.Status.DONE);
    }

    @Test
    void theOldestUnfinishedEventIsMeasured() {
        var gauge = applicationMeters.get("event.oldest.unfinished").gauge();
        String event = store();
        await().atMost(Duration.ofSeconds(5)).until(() -> gauge.value() > 0);

        var claim = claim(Duration.ofMinutes(1), event);
        tenancy.inTenant(tenant, () -> dispatches.done(claim));
        assertThat(gauge.value()).isZero();
    }

    @Test
    void onlyAWorkerDispatches() {
        assertThat(dispatcher("worker", this::hear).isAutoStartup()).isTrue();
        assertThat(dispatcher("ingress", this::hear).isAutoStartup()).isFalse();
    }

    private Dispatcher dispatcher(String role, EventConsumer consumer) {
        var settings = new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role));
        return new Dispatcher(tenancy, dispatches, events, List.of(consumer), meters, settings, Clock.systemUTC());
    }

    private void hear(Event event) {
        heard.computeIfAbsent(event.id(), id -> new AtomicInteger()).incrementAndGet();
    }

    private DispatchRepository.Claim claim(Duration lease, String event) {
        return await().atMost(Duration.ofSeconds(5))
                .until(
                        () -> tenancy.throughDoor(() -> dispatches.claim("a test", 100, 100, lease)).stream()
                                .filter(claim -> claim.eventId().equals(event))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private boolean isDone(String event) {
        return status(event) == Event.Status.DONE;
    }

    private Event.Status status(String event) {
        return tenancy.inTenant(
                        tenant, () -> events.find(TenantScope.of(tenant), event).orElseThrow())
                .status();
    }

    private String store() {
        return store("");
    }

    private String store(String client) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        String id = Ids.next("evt", now);
        var event = new Event(
                id,
                tenant,
                Optional.of(client).filter(named -> !named.isEmpty()).map(ClientId::new),
                "con_test",
                "test.happened",
                "/connections/con_test",
                "subject",
                now,
                new CorrelationId(Ids.next("cor", now)),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Event.Origin.WEBHOOK,
                now,
                Event.Status.READY,
                Optional.empty());
        var incomingEvent = new IncomingEvent(event, id, List.of(), "{}", new byte[0]);
        assertThat(tenancy.throughDoor(() -> arrivals.store(List.of(incomingEvent))))
                .containsExactly(id);
        return id;
    }
}
