package dev.patchbay.flows.run;

import dev.patchbay.effects.Actions;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.TaskMetadata;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.stereotype.Component;

/** Attempts steps that call a port, until they have ended or have to wait. */
@Component
record StepAttempts(
        Actions actions,
        Effects effects,
        NodeSettings settings,
        PatienceSettings patience,
        ObservationRegistry observations) {

    /**
     * Attempts the step.
     *
     * @return the step when it has ended
     * @throws Suspended when the run has to wait for the next attempt
     * @throws ManualDecisionRequired when only a person can find out its outcome
     * @throws LeaseLost when the lease is lost; what the effect ledger learnt is kept
     */
    StepRecord untilEnded(
            StepJournal journal,
            PortFunction<?, ?, ?> function,
            StepRecord pending,
            Deadline deadline,
            TaskMetadata metadata) {
        // In a later pass it may have been sent before: then its outcome is looked up, however late.
        boolean first = journal.run().pass() == 0 && journal.find(pending.id()).isEmpty();
        if (first && deadline.hasPassed(journal.now())) {
            return journal.write(pending.fail(tooLate(pending, deadline).error(), journal.now()));
        }
        var step = pending;
        while (!step.hasEnded()) {
            step = new StepAttempt(this, journal, function, step, deadline, metadata).execute();
        }
        return step;
    }

    private static TaskFailed tooLate(StepRecord step, Deadline deadline) {
        return TaskFailed.timeout(
                deadline,
                FailureReason.TOO_LATE,
                deadline.description() + " was over before “" + step.id().name() + "” began.");
    }
}
