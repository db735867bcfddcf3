package dev.patchbay.flows.run;

import dev.patchbay.connections.Outage;
import dev.patchbay.connections.Outages;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.flows.run.ProviderWaitRepository.ProviderWait;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets runs continue that wait for a provider: a few at first and ever more once it answers again, then those that its outage had
 * parked. A run that came to wait as the outage ended is found as well.
 */
@Component
class OutageRecovery extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(OutageRecovery.class);

    /** Runs that wait although there is no outage; the rest of them follows at the next poll. */
    private static final int MAX_STRAY_RUNS = 100;

    private final Outages outages;
    private final ProviderWaitRepository waits;
    private final RunReplays replays;
    private final RunExecutor executor;
    private volatile int waitingRuns;

    OutageRecovery(
            Outages outages,
            ProviderWaitRepository waits,
            RunReplays replays,
            RunExecutor executor,
            NodeSettings node,
            Settings settings,
            MeterRegistry meters) {
        super("recovery from outages", node.pollInterval(), settings.roles().contains("worker"));
        this.outages = outages;
        this.waits = waits;
        this.replays = replays;
        this.executor = executor;
        meters.gauge("runs.waiting.for.provider", this, recovery -> recovery.waitingRuns);
    }

    @Override
    protected void runOnce() {
        var all = waits.findAll();
        waitingRuns = all.stream().mapToInt(ProviderWait::runs).sum();
        int continued = all.stream().mapToInt(this::countAndWakeStray).sum()
                + outages.findRecovering().stream()
                        .mapToInt(outage -> release(outage))
                        .sum();
        if (continued > 0) {
            executor.wakeUp();
        }
    }

    /** Counts the runs for people; wakes them where no outage is left. */
    private int countAndWakeStray(ProviderWait wait) {
        Optional<Outage> outage = outages.find(wait.tenant(), wait.connectionId());
        outage.ifPresent(open -> outages.recordWaitingRuns(open, wait.runs()));
        return outage.isEmpty() ? waits.wake(wait.tenant(), wait.connectionId(), MAX_STRAY_RUNS) : 0;
    }

    private int release(Outage outage) {
        int limit = outages.claimReleases(outage);
        if (limit == 0) {
            return 0;
        }
        int continued = waits.wake(outage.tenant(), outage.connectionId(), limit);
        if (continued < limit) {
            continued += heal(outage, limit - continued);
        }
        if (continued == 0) {
            outages.end(outage);
        }
        return continued;
    }

    private int heal(Outage outage, int limit) {
        return (int) waits.findParked(outage, limit).stream()
                .filter(runId -> heal(outage, runId))
                .count();
    }

    private boolean heal(Outage outage, RunId runId) {
        try {
            return replays.heal(TenantScope.of(outage.tenant()), runId, outage.beganAt());
        } catch (Problem | DataAccessException irreplayable) {
            LOG.info("run {}: not replayed after the outage: {}", runId, irreplayable.getMessage());
            return false;
        }
    }
}
