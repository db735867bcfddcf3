package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.internal.DispatchRepository.Claim;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Settings;
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
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands each stored event to its consumers. One loop claims what is due when a webhook was stored here, and looks every
 * second for what others stored or left behind; a claim that is not settled before its lease ends is due again.
 */
@Component
public class Dispatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int WORKERS = 16;
    /** Half of them at most for one client: a slow one leaves room for the others. */
    private static final int MOST_EACH = WORKERS / 2;

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final long LONGEST_DELAY_SECONDS = 300;

    private final Tenancy tenancy;
    private final DispatchRepository dispatches;
    private final EventRepository events;
    private final List<EventConsumer> consumers;
    private final MeterRegistry meters;
    private final Settings settings;
    private final String worker;

    private final Semaphore idle = new Semaphore(WORKERS);
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean running;

    Dispatcher(
            Tenancy tenancy,
            DispatchRepository dispatches,
            EventRepository events,
            List<EventConsumer> consumers,
            MeterRegistry meters,
            Settings settings,
            Clock clock) {
        this.tenancy = tenancy;
        this.dispatches = dispatches;
        this.events = events;
        this.consumers = consumers;
        this.meters = meters;
        this.settings = settings;
        this.worker = Ids.next("wrk", clock.instant());
    }

    /** There may be something to do; called after the commit that stored it. */
    public void wake() {
        signal.release();
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

    /** Takes no more, and waits for what is being handed over; what does not end in time is claimed again later. */
    @Override
    public void stop() {
        running = false;
        wake();
        try {
            if (idle.tryAcquire(WORKERS, 10, TimeUnit.SECONDS)) {
                idle.release(WORKERS);
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
                idle.acquire();
                int free = 1 + idle.drainPermits();
                int claimed = handOut(free);
                idle.release(free - claimed);
                if (claimed < free && signal.tryAcquire(1, TimeUnit.SECONDS)) {
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many workers it set to work. */
    private int handOut(int free) {
        try {
            List<Claim> claims = tenancy.throughDoor(() -> dispatches.claim(worker, free, MOST_EACH, LEASE));
            claims.forEach(claim -> Thread.ofVirtual().name("dispatch").start(() -> work(claim)));
            return claims.size();
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("no events could be claimed; trying again in a second", databaseAway);
            return 0;
        }
    }

    private void work(Claim claim) {
        try (var _ = MDC.putCloseable("eventId", claim.eventId())) {
            String outcome = deliver(claim);
            meters.counter("event.dispatches", "outcome", outcome).increment();
        } catch (RuntimeException databaseAway) {
            LOG.warn("an event's hand-over was not written down; its claim will expire", databaseAway);
        } finally {
            idle.release();
        }
    }

    private String deliver(Claim claim) {
        try {
            var event = tenancy.inTenant(
                            claim.tenant(), () -> events.find(TenantScope.of(claim.tenant()), claim.eventId()))
                    .orElseThrow();
            try (var _ = MDC.putCloseable("correlationId", event.correlation().value())) {
                consumers.forEach(consumer -> consumer.consume(event));
            }
        } catch (EventConsumer.Busy busy) {
            tenancy.inTenant(claim.tenant(), () -> dispatches.notYet(claim, BUSY));
            return "busy";
        } catch (RuntimeException | Error refusal) {
            return refused(claim, refusal);
        }
        tenancy.inTenant(claim.tenant(), () -> dispatches.done(claim));
        return "done";
    }

    private String refused(Claim claim, Throwable refusal) {
        if (claim.lastOne()) {
            LOG.error("event {} was refused {} times: given up", claim.eventId(), claim.attempt(), refusal);
            tenancy.inTenant(claim.tenant(), () -> dispatches.failed(claim));
            return "failed";
        }
        Duration delay = Duration.ofSeconds(Math.min(LONGEST_DELAY_SECONDS, 1L << Math.min(claim.attempt(), 20)));
        LOG.warn("event {} was refused; again in {}", claim.eventId(), delay, refusal);
        tenancy.inTenant(claim.tenant(), () -> dispatches.later(claim, delay));
        return "retried";
    }
}
