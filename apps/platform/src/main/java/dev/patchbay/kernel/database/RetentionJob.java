package dev.patchbay.kernel.database;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets go of what ended 90 days ago, every hour, in portions; the audit trail keeps what became of it. */
public abstract class RetentionJob extends PeriodicTask {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int PORTION = 1_000;

    private final String door;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;

    /** @param door a query that takes {@code :before} and {@code :most}, and says how many rows went */
    protected RetentionJob(String name, String door, Settings process, Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        super(name, Duration.ofHours(1), process.roles().contains("worker"));
        this.door = door;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void once() {
        long gone;
        do {
            gone = tenancy.throughDoor(() -> jdbc.sql(door)
                    .param("before", clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                    .param("most", PORTION)
                    .query(Long.class)
                    .single());
        } while (gone > 0);
    }
}
