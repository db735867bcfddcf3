package dev.patchbay.ingress.internal.poll;

import dev.patchbay.ingress.internal.poll.PollCursors.Stream;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads what is due, in processes that work. When is written in the database, so a restart neither forgets a reading nor
 * repeats it, and of several processes one reads.
 */
@Component
class PollSchedule implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);
    private static final int AT_ONCE = 8;

    private final Polls polls;
    private final PollSettings poll;
    private final Settings settings;
    private final Clock clock;
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;
    private Instant discoverAt = Instant.MIN;

    PollSchedule(Polls polls, PollSettings poll, Settings settings, Clock clock) {
        this.polls = polls;
        this.poll = poll;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean isAutoStartup() {
        return settings.roles().contains("worker");
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("polls").start(this::loop);
    }

    /** A reading that is under way ends by itself, or its lease does. */
    @Override
    public void stop() {
        running = false;
        stopped.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        long look = Math.min(LONGEST_LOOK.toMillis(), poll.every().toMillis());
        try {
            while (!stopped.tryAcquire(look, TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void round() {
        try (var readers = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("poll").factory())) {
            Instant now = clock.instant();
            if (!now.isBefore(discoverAt)) {
                polls.discover();
                discoverAt = now.plus(poll.every());
            }
            polls.due().forEach(stream -> readers.execute(() -> read(stream)));
        } catch (RuntimeException databaseAway) {
            LOG.warn("nothing could be polled; trying again in a minute", databaseAway);
        }
    }

    private void read(Stream stream) {
        try {
            polls.read(stream);
        } catch (RuntimeException failure) {
            LOG.warn("{} of {} was not read; its lease will expire", stream.name(), stream.connectionId(), failure);
        }
    }
}
