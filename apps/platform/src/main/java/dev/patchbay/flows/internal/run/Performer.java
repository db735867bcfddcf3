package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.act.Notes;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.internal.engine.NodeSettings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Makes one attempt at a run's call and writes down in the journal what came of it. */
@Component
class Performer {

    private final Acts acts;
    private final Journal journal;
    private final NodeSettings timings;
    private final Clock clock;
    private final ObservationRegistry observations;

    Performer(Acts acts, Journal journal, NodeSettings timings, Clock clock, ObservationRegistry observations) {
        this.acts = acts;
        this.journal = journal;
        this.timings = timings;
        this.clock = clock;
        this.observations = observations;
    }

    /**
     * One attempt. Never throws for what a provider does: the verdict says what happens next.
     *
     * @param number of this attempt, from 1: the wait grows with it
     * @param renewed whether the attempt before renewed the access token
     */
    Verdict attempt(RunContext run, StepCall call, int number, boolean renewed) {
        var notes = Notes.from(clock.instant());
        var step = Observation.createNotStarted("flow.step", observations)
                .lowCardinalityKeyValue("call", call.function().name())
                .start();
        var outcome =
                acts.attempt(acting(run, call), number, renewed, notes, known -> written(run, call.step(), known));
        Verdict verdict = Verdict.of(outcome);
        step.lowCardinalityKeyValue("outcome", verdict.outcome()).stop();
        journal.attempted(run, call.step(), notes.startedAt(), clock.instant(), notes.exchanges(), verdict.write());
        return verdict;
    }

    private Acting acting(RunContext run, StepCall call) {
        return new Acting(
                run.client().id(),
                run.client().zone(),
                run.correlation(),
                call.key(),
                call.step().pointer(),
                call.function(),
                call.input(),
                timings.actWindow());
    }

    private void written(RunContext run, StepId step, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> journal.completed(run, step, done.value(), clock.instant());
            case Outcome.Again again -> journal.explained(run, step, again.sentence());
            case Outcome.GaveUp gaveUp -> journal.explained(run, step, gaveUp.sentence());
            case Outcome.NotYet later -> {
                // The step waits as it is.
            }
        }
    }
}
