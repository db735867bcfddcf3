package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the months to come and lets go of what is older than it is kept, once an hour. Whole months of raw bodies and
 * events are dropped; their keys, dispatch rows and refusals leave in portions, so that nobody waits for it.
 */
@Component
class EventRetentionJob extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(EventRetentionJob.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int PORTION = 1_000;

    private final DatabaseOwner databaseOwner;
    private final IngressSettings settings;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    EventRetentionJob(
            DatabaseOwner databaseOwner,
            IngressSettings settings,
            Tenancy tenancy,
            JdbcClient jdbc,
            Settings process,
            Clock clock) {
        super("housekeeping", EVERY, process.roles().contains("worker"));
        this.databaseOwner = databaseOwner;
        this.settings = settings;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    protected void once() {
        tidy(clock.instant());
    }

    /** As of that moment: the months after it exist, and nothing is left that is older than it is kept. */
    void tidy(Instant now) {
        Instant events = now.minus(settings.keepEvents());
        databaseOwner.maintain(
                "CALL patchbay.make_partitions('" + now + "')",
                "CALL patchbay.drop_partitions('ingress_raw', '" + now.minus(settings.keepRaw()) + "')",
                "CALL patchbay.drop_partitions('event', '" + events + "')");
        while (prune(events, now.minus(settings.keepRejections())) >= PORTION) {
            LOG.info("a portion of old keys has left");
        }
    }

    private long prune(Instant before, Instant rejectionsBefore) {
        return tenancy.throughDoor(() -> jdbc.sql("SELECT patchbay.prune_arrivals(:id, :at::timestamptz, :most)")
                .param("id", Ids.first("evt", before))
                .param("at", rejectionsBefore.toString())
                .param("most", PORTION)
                .query(Long.class)
                .single());
    }
}
