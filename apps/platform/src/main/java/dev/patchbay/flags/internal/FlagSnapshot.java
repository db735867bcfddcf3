package dev.patchbay.flags.internal;

import dev.patchbay.flags.FlagTargets;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * The lists and switches in the memory of this process, at most five seconds old. While the database is away, the last ones
 * stay in force.
 */
@Component
final class FlagSnapshot extends PeriodicTask {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final FlagRepository repository;
    private final Tenancy tenancy;
    private volatile FlagTargets current = FlagTargets.EMPTY;

    FlagSnapshot(FlagRepository repository, Tenancy tenancy) {
        super("flag-snapshot", INTERVAL, true);
        this.repository = repository;
        this.tenancy = tenancy;
    }

    FlagTargets current() {
        return current;
    }

    /** Loads before the first request is served: an unread switch would release what is switched off. */
    @Override
    public void start() {
        runOnce();
        super.start();
    }

    /** Before the servers of HTTP and the workers. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }

    /** Loads alone, so that a load that began before a change never replaces the one that saw the change. */
    @Override
    protected synchronized void runOnce() {
        current = tenancy.inTenant(Tenants.PLATFORM, repository::loadTargets);
    }

    /** Applies a committed change in this process at once. */
    void refresh() {
        runOnce();
    }
}
