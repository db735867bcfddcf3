package dev.patchbay.flows.run;

import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts runs: one for each flow and event, however often the start is requested. */
@Component
class RunStarter {

    private final RunRepository runs;
    private final RunContextRepository contexts;
    private final RunExecutor executor;
    private final Clock clock;

    RunStarter(RunRepository runs, RunContextRepository contexts, RunExecutor executor, Clock clock) {
        this.runs = runs;
        this.contexts = contexts;
        this.executor = executor;
        this.clock = clock;
    }

    /** Holds a stored run. This process executes it when the run is new and the process has the role of a worker. */
    static final class StoredRun {

        private final RunId id;
        private final Optional<RunLease> lease;
        private final Optional<RunContext> context;

        private StoredRun(RunId id, Optional<RunLease> lease, Optional<RunContext> context) {
            this.id = id;
            this.lease = lease;
            this.context = context;
        }

        RunId id() {
            return id;
        }
    }

    /**
     * Stores the run, or returns the run that already exists for its flow and event; must be called in the tenant's
     * transaction.
     */
    StoredRun store(TenantId tenant, NewRun run) {
        Instant now = clock.instant();
        boolean claimed = executor.isHere() && executor.hasRoomFor(tenant);
        RunId stored = runs.insert(tenant, run, claimed, now);
        if (!claimed || !stored.equals(run.runId())) {
            return new StoredRun(stored, Optional.empty(), Optional.empty());
        }
        var lease = new RunLease(tenant, stored, 1);
        return new StoredRun(stored, Optional.of(lease), contexts.first(lease, run, now));
    }

    /** Executes a run that was stored; must be called after the transaction. */
    void execute(StoredRun run) {
        run.context.ifPresentOrElse(executor::start, () -> run.lease.ifPresent(executor::submit));
    }
}
