package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Creates the partitions of the coming months and deletes what is older than it is kept, once an hour. Raw bodies and events
 * are dropped a month at a time; their keys, dispatch rows and rejections in batches, so that no statement locks for long.
 */
@Component
class EventRetentionJob extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(EventRetentionJob.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BATCH_SIZE = 1_000;

    private final EventRetentionRepository repository;
    private final EventRetentionSettings settings;
    private final Clock clock;

    EventRetentionJob(
            EventRetentionRepository repository, EventRetentionSettings settings, Settings process, Clock clock) {
        super("event-retention", INTERVAL, process.roles().contains("worker"));
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        deleteExpired(clock.instant());
    }

    void deleteExpired(Instant now) {
        Instant eventsBefore = now.minus(settings.keepEvents());
        repository.rollPartitions(now, now.minus(settings.keepRaw()), eventsBefore);
        long deleted = BATCH_SIZE;
        while (deleted >= BATCH_SIZE) {
            deleted = repository.prune(eventsBefore, now.minus(settings.keepRejections()), BATCH_SIZE);
            LOG.debug("event retention: deleted {} rows of expired keys, dispatches, routes and rejections", deleted);
        }
    }
}
