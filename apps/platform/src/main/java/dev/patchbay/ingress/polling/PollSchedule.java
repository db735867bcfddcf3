package dev.patchbay.ingress.polling;

import dev.patchbay.ingress.polling.PollCursorRepository.Stream;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Polls due streams, in worker processes. The due time is in the database, so a restart neither skips nor repeats a poll, and
 * only one of several processes polls a stream.
 */
@Component
class PollSchedule extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);
    private static final Duration MAX_INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_CONCURRENT = 8;

    private final Polls polls;
    private final PollSettings pollSettings;
    private final Clock clock;
    private Instant discoverAt = Instant.MIN;

    PollSchedule(Polls polls, PollSettings pollSettings, Settings settings, Clock clock) {
        super(
                "poll-schedule",
                shorter(MAX_INTERVAL, pollSettings.interval()),
                settings.roles().contains("worker"));
        this.polls = polls;
        this.pollSettings = pollSettings;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        try (var workers = Executors.newFixedThreadPool(
                MAX_CONCURRENT, Thread.ofVirtual().name("poll").factory())) {
            Instant now = clock.instant();
            if (!now.isBefore(discoverAt)) {
                polls.discover();
                discoverAt = now.plus(pollSettings.interval());
            }
            polls.listDue().forEach(stream -> workers.execute(() -> poll(stream)));
        }
    }

    private void poll(Stream stream) {
        try {
            polls.poll(stream);
        } catch (RuntimeException failure) {
            LOG.warn(
                    "poll of {} at {} failed; it is polled again when its lease expires",
                    stream.name(),
                    stream.connection(),
                    failure);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
