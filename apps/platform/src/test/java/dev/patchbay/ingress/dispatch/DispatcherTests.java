package dev.patchbay.ingress.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.ingestion.StoredEvents;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Ids;
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
import java.util.ArrayList;
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
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class DispatcherTests {

    private final TenantId tenant =
            new TenantId(Ids.next("ten", Clock.systemUTC().instant()));
    private final ConcurrentHashMap<EventId, AtomicInteger> deliveries = new ConcurrentHashMap<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Dispatcher dispatcherOfTheApplication;
    private final MeterRegistry metersOfTheApplication;
    private final Tenancy tenancy;
    private final DispatchRepository dispatches;
    private final Events events;
    private final StoredEvents storedEvents;
    private final TenantId otherTenant =
            new TenantId(Ids.next("ten", Clock.systemUTC().instant()));
    private final StoredEvents otherStoredEvents;

    @Autowired
    DispatcherTests(
            Dispatcher dispatcher,
            MeterRegistry meters,
            Tenancy tenancy,
            DispatchRepository dispatches,
            Events events,
            JdbcOperations operations,
            JdbcClient jdbc) {
        this.dispatcherOfTheApplication = dispatcher;
        this.metersOfTheApplication = meters;
        this.tenancy = tenancy;
        this.dispatches = dispatches;
        this.events = events;
        this.storedEvents = new StoredEvents(tenant, tenancy, operations, jdbc);
        this.otherStoredEvents = new StoredEvents(otherTenant, tenancy, operations, jdbc);
    }

    @BeforeEach
    void stopTheDispatcherOfTheApplication() {
        dispatcherOfTheApplication.stop();
    }

    @AfterEach
    void startTheDispatcherOfTheApplication() {
        storedEvents.markAllDone();
        dispatcherOfTheApplication.start();
    }

    @Test
    void twoProcessesNeverDispatchAnEventTwice() {
        var one = dispatcher("worker", this::count);
        var two = dispatcher("worker", this::count);
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

        assertThat(stored).allSatisfy(event -> assertThat(deliveries.get(event)).hasValue(1));
        assertThat(one.isRunning()).isFalse();
    }

    @Test
    void aFailedEventIsDispatchedAgain() {
        var failures = new AtomicInteger(1);
        var dispatcher = dispatcher("worker", event -> {
            count(event);
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not yet");
            }
        });
        EventId event = store();
        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> isDone(event));
        dispatcher.stop();

        assertThat(deliveries.get(event)).hasValue(2);
        assertThat(meters.counter("event.dispatches", "outcome", "retried").count())
                .isEqualTo(1);
    }

    @Test
    void anEventWhoseLastAttemptFailsBecomesFailed() {
        var dispatcher = dispatcher("worker", event -> {
            throw new IllegalStateException("never");
        });
        EventId event = store();
        storedEvents.leaveOneAttempt(event);
        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> status(event) == EventStatus.FAILED);
        dispatcher.stop();
        assertThat(meters.counter("event.dispatches", "outcome", "failed").count())
                .isEqualTo(1);
    }

    @Test
    void anAttemptThatABusyConsumerDeclinesDoesNotCount() {
        var busy = new AtomicInteger(1);
        var dispatcher = dispatcher("worker", event -> {
            count(event);
            if (busy.getAndDecrement() > 0) {
                throw new EventConsumer.Busy("no capacity");
            }
        });
        EventId event = store();
        storedEvents.leaveOneAttempt(event);
        dispatcher.start();

        await().atMost(Duration.ofSeconds(20)).until(() -> isDone(event));
        dispatcher.stop();

        assertThat(deliveries.get(event)).hasValue(2);
        assertThat(meters.counter("event.dispatches", "outcome", "busy").count())
                .isEqualTo(1);
    }

    @Test
    void aClientWithALongBacklogLeavesTheOthersTheirTurn() {
        for (int i = 0; i < 40; i++) {
            storedEvents.store("cli_busy");
        }
        EventId quiet = storedEvents.store("cli_quiet");
        EventId calm = storedEvents.store("cli_calm");

        var claimed = claims(6, 8, Duration.ofMinutes(1)).stream()
                .map(DispatchRepository.Claim::event)
                .toList();

        assertThat(claimed).hasSize(6).contains(quiet, calm);
    }

    @Test
    void anAgencyWithManyBusyClientsLeavesAnotherItsTurn() {
        for (int i = 0; i < 40; i++) {
            storedEvents.store("cli_" + i % 16);
        }
        EventId quiet = otherStoredEvents.store("cli_quiet");

        var order = claimOneByOne(3);

        assertThat(order.indexOf(quiet)).as(order.toString()).isBetween(0, 1);
        otherStoredEvents.markAllDone();
    }

    @Test
    void clientsOfAnAgencyTakeTurnsAlsoWhenEachEventIsDoneBeforeTheNextIsClaimed() {
        for (int i = 0; i < 10; i++) {
            storedEvents.store("cli_busy");
        }
        EventId quiet = storedEvents.store("cli_quiet");

        assertThat(claimOneByOne(2)).contains(quiet);
    }

    /** Claims and completes one event of the two tenants after the other. */
    private List<EventId> claimOneByOne(int count) {
        List<EventId> order = new ArrayList<>();
        while (order.size() < count) {
            claims(1, 8, Duration.ofMinutes(1)).stream()
                    .filter(claim ->
                            claim.tenant().equals(tenant) || claim.tenant().equals(otherTenant))
                    .forEach(claim -> {
                        tenancy.inTenant(claim.tenant(), () -> dispatches.markDone(claim));
                        order.add(claim.event());
                    });
        }
        return order;
    }

    @Test
    void anAgencyHoldsNoMoreThanItsShareOfTheWorkers() {
        for (int i = 0; i < 10; i++) {
            storedEvents.store("cli_" + i);
        }

        var claimed = tenancy.throughDefinerFunction(() -> dispatches.claim("a test", 16, 8, 4, Duration.ofMinutes(1)));

        assertThat(claimed).filteredOn(claim -> claim.tenant().equals(tenant)).hasSize(4);
    }

    @Test
    void aClientHoldsNoMoreThanItsShareOfTheWorkers() {
        for (int i = 0; i < 10; i++) {
            storedEvents.store("cli_slow");
        }
        assertThat(countClaims(3)).isEqualTo(3);
        assertThat(countClaims(3)).isZero();
    }

    private int countClaims(int maxPerClient) {
        return (int) claims(8, maxPerClient, Duration.ofMinutes(1)).stream()
                .filter(claim -> claim.tenant().equals(tenant))
                .count();
    }

    @Test
    void anExpiredClaimIsClaimedAgainAndTheLateWorkerChangesNothing() {
        EventId event = store();
        var expired = claim(Duration.ZERO, event);
        var current = claim(Duration.ofMinutes(1), event);

        tenancy.inTenant(tenant, () -> dispatches.markDone(expired));
        assertThat(status(event)).isEqualTo(EventStatus.CLAIMED);
        tenancy.inTenant(tenant, () -> dispatches.markDone(current));
        assertThat(status(event)).isEqualTo(EventStatus.DONE);
    }

    @Test
    void theAgeOfTheOldestUnfinishedEventIsMeasured() {
        var gauge = metersOfTheApplication.get("event.oldest.unfinished").gauge();
        EventId event = store();
        await().atMost(Duration.ofSeconds(5)).until(() -> gauge.value() > 0);

        var claim = claim(Duration.ofMinutes(1), event);
        tenancy.inTenant(tenant, () -> dispatches.markDone(claim));
        assertThat(gauge.value()).isZero();
    }

    @Test
    void onlyAWorkerDispatches() {
        assertThat(dispatcher("worker", this::count).isAutoStartup()).isTrue();
        assertThat(dispatcher("ingress", this::count).isAutoStartup()).isFalse();
    }

    private Dispatcher dispatcher(String role, EventConsumer consumer) {
        var settings = new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role));
        return new Dispatcher(
                tenancy, dispatches, events, List.of(consumer), meters, settings, change -> {}, Clock.systemUTC());
    }

    private void count(Event event) {
        deliveries.computeIfAbsent(event.id(), id -> new AtomicInteger()).incrementAndGet();
    }

    private List<DispatchRepository.Claim> claims(int limit, int maxPerClient, Duration lease) {
        return tenancy.throughDefinerFunction(() -> dispatches.claim("a test", limit, maxPerClient, 100, lease));
    }

    private DispatchRepository.Claim claim(Duration lease, EventId event) {
        return await().atMost(Duration.ofSeconds(5))
                .until(
                        () -> claims(100, 100, lease).stream()
                                .filter(claim -> claim.event().equals(event))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private boolean isDone(EventId event) {
        return status(event) == EventStatus.DONE;
    }

    private EventStatus status(EventId event) {
        return events.find(TenantScope.of(tenant), event).orElseThrow().status();
    }

    private EventId store() {
        return storedEvents.store(Clock.systemUTC().instant());
    }
}
