package dev.patchbay.flows.run;

import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Opens the journals of runs. */
@Component
class StepJournals {

    private final StepRepository steps;
    private final RunRepository runs;
    private final Tenancy tenancy;
    private final Clock clock;

    StepJournals(StepRepository steps, RunRepository runs, Tenancy tenancy, Clock clock) {
        this.steps = steps;
        this.runs = runs;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** The journal with all steps that were written before. */
    StepJournal open(RunContext run) {
        return journal(run, steps.findAll(run.tenant(), run.runId()));
    }

    /** An empty journal: of a run that was stored just now, or whose kept steps must not be written. */
    StepJournal openEmpty(RunContext run) {
        return journal(run, List.of());
    }

    private StepJournal journal(RunContext run, List<StepRecord> written) {
        return new StepJournal(run, new StepHistory(run.pass(), written), steps, runs, tenancy, clock);
    }
}
