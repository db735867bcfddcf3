package dev.patchbay.ingress.dispatch;

import dev.patchbay.ingress.CallEvents;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.dispatch.DispatchRepository.Claim;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ConversationChanged;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Dispatches stored events to their consumers. One loop claims due events: at once after this process stored one, and every
 * second for events that other processes stored or left unfinished. An event whose claim expires is claimed again.
 */
@Component
public class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int WORKERS = 16;
    /** One client gets at most half of the workers, so that a slow client leaves workers to the others. */
    private static final int MAX_WORKERS_PER_CLIENT = WORKERS / 2;
    /**
     * One tenant gets at most three quarters of the workers, so that others have the rest, however many clients the tenant has.
     */
    private static final int MAX_WORKERS_PER_TENANT = WORKERS * 3 / 4;

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);
    private static final long MAX_DELAY_SECONDS = 300;

    private final Tenancy tenancy;
    private final DispatchRepository dispatches;
    private final Events events;
    private final List<EventConsumer> consumers;
    private final MeterRegistry meters;
    private final Settings settings;
    private final ApplicationEventPublisher publisher;
    private final String worker;

    private final Semaphore freeWorkers = new Semaphore(WORKERS);
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;

    Dispatcher(
            Tenancy tenancy,
            DispatchRepository dispatches,
            Events events,
            List<EventConsumer> consumers,
            MeterRegistry meters,
            Settings settings,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.tenancy = tenancy;
        this.dispatches = dispatches;
        this.events = events;
        this.consumers = consumers;
        this.meters = meters;
        this.settings = settings;
        this.publisher = publisher;
        this.worker = Ids.next("wrk", clock.instant());
    }

    /** Makes the loop look for due events now. Must be called after the commit that made one due. */
    public void wake() {
        wakeUps.release();
    }

    @Override
    public boolean isAutoStartup() {
        return settings.roles().contains("worker");
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("dispatcher").start(this::loop);
    }

    /** Claims no more and waits for the workers; an event whose worker does not finish in time is claimed again later. */
    @Override
    public void stop() {
        running = false;
        wake();
        try {
            if (freeWorkers.tryAcquire(WORKERS, 10, TimeUnit.SECONDS)) {
                freeWorkers.release(WORKERS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        try {
            while (running) {
                freeWorkers.acquire();
                int free = 1 + freeWorkers.drainPermits();
                int claimed = dispatchDue(free);
                freeWorkers.release(free - claimed);
                if (claimed < free && wakeUps.tryAcquire(1, TimeUnit.SECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the number of workers it started. */
    private int dispatchDue(int free) {
        try {
            List<Claim> claims = tenancy.throughDefinerFunction(
                    () -> dispatches.claim(worker, free, MAX_WORKERS_PER_CLIENT, MAX_WORKERS_PER_TENANT, LEASE));
            claims.forEach(claim -> Thread.ofVirtual().name("dispatch").start(() -> process(claim)));
            return claims.size();
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("dispatcher: claiming due events failed; trying again in 1 s", databaseAway);
            return 0;
        }
    }

    private void process(Claim claim) {
        try (var _ = TenantContext.open(claim.tenant());
                var _ = MDC.putCloseable("eventId", claim.event().value())) {
            String outcome = deliver(claim);
            meters.counter("event.dispatches", "outcome", outcome).increment();
        } catch (RuntimeException databaseAway) {
            LOG.warn(
                    "event {}: the outcome of its dispatch was not stored; it is dispatched again when its claim expires",
                    claim.event(),
                    databaseAway);
        } finally {
            freeWorkers.release();
        }
    }

    private String deliver(Claim claim) {
        Event event;
        try {
            event = events.find(TenantScope.of(claim.tenant()), claim.event()).orElseThrow();
            try (var _ = TenantContext.open(claim.tenant(), event.client());
                    var _ = MDC.putCloseable(
                            "correlationId", event.correlation().value())) {
                consumers.forEach(consumer -> consumer.consume(event));
            }
        } catch (EventConsumer.Busy busy) {
            tenancy.inTenant(claim.tenant(), () -> dispatches.defer(claim, BUSY_DELAY));
            return "busy";
        } catch (RuntimeException | Error failure) {
            return handleFailure(claim, failure);
        }
        tenancy.inTenant(claim.tenant(), () -> {
            dispatches.markDone(claim);
            announce(event);
        });
        return "done";
    }

    /** Announces the event, in the transaction that marks it as handed over, to read models of calls. */
    private void announce(Event event) {
        if (CallEvents.TYPES.contains(event.type())) {
            publisher.publishEvent(new ConversationChanged(event.tenant(), event.correlation()));
        }
    }

    private String handleFailure(Claim claim, Throwable failure) {
        if (claim.lastAttempt()) {
            LOG.error("event {}: failed after {} attempts; replay it by hand", claim.event(), claim.attempt(), failure);
            tenancy.inTenant(claim.tenant(), () -> {
                dispatches.markFailed(claim);
                events.find(TenantScope.of(claim.tenant()), claim.event()).ifPresent(this::announce);
            });
            return "failed";
        }
        Duration delay = Duration.ofSeconds(Math.min(MAX_DELAY_SECONDS, 1L << Math.min(claim.attempt(), 20)));
        LOG.warn("event {}: attempt {} failed; retrying in {}", claim.event(), claim.attempt(), delay, failure);
        tenancy.inTenant(claim.tenant(), () -> dispatches.scheduleRetry(claim, delay));
        return "retried";
    }
}
