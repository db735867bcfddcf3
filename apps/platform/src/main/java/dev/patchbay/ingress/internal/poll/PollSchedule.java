package dev.patchbay.ingress.internal.poll;

import dev.patchbay.ingress.internal.poll.PollCursorRepository.Stream;
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
 * Reads what is due, in processes that work. When is written in the database, so a restart neither forgets a reading nor
 * repeats it, and of several processes one reads.
 */
@Component
class PollSchedule extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(PollSchedule.class);
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(1);
    private static final int AT_ONCE = 8;

    private final Polls polls;
    private final PollSettings poll;
    private final Clock clock;
    private Instant discoverAt = Instant.MIN;

    PollSchedule(Polls polls, PollSettings poll, Settings settings, Clock clock) {
        super("polls", shorter(LONGEST_LOOK, poll.every()), settings.roles().contains("worker"));
        this.polls = polls;
        this.poll = poll;
        this.clock = clock;
    }

    @Override
    protected void once() {
        try (var readers = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("poll").factory())) {
            Instant now = clock.instant();
            if (!now.isBefore(discoverAt)) {
                polls.discover();
                discoverAt = now.plus(poll.every());
            }
            polls.due().forEach(stream -> readers.execute(() -> read(stream)));
        }
    }

    private void read(Stream stream) {
        try {
            polls.read(stream);
        } catch (RuntimeException failure) {
            LOG.warn("{} of {} was not read; its lease will expire", stream.name(), stream.connectionId(), failure);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
