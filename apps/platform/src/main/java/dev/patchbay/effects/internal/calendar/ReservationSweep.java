package dev.patchbay.effects.internal.calendar;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Frees times whose effect was certainly not sent and was abandoned, and removes reservations that are over. */
@Component
class ReservationSweep extends PeriodicTask {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(2);
    private static final Duration RETENTION = Duration.ofDays(1);
    private static final int MAX_BATCH = 500;

    private final ReservationRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    ReservationSweep(ReservationRepository repository, Tenancy tenancy, Clock clock, Settings settings) {
        super("reservation-sweep", INTERVAL, settings.roles().contains("worker"));
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        tenancy.throughDefinerFunction(() -> {
            repository.freeAbandoned(ABANDONED_AFTER, MAX_BATCH);
            repository.deletePast(clock.instant().minus(RETENTION), MAX_BATCH);
            return null;
        });
    }
}
