package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.livecalls.internal.LiveActionRepository.DueAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Releases times that were held and not booked in time, and resumes actions whose process did not finish them. */
@Component
class LiveActionRecovery extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(LiveActionRecovery.class);
    private static final int MAX_ACTIONS_A_ROUND = 50;
    /** Then the action is given up; its effect keeps its state. */
    private static final int MAX_TRIES = 20;

    private final LiveActionRepository repository;
    private final LiveActionExecutor executor;
    private final InvocationRecorder recorder;

    LiveActionRecovery(
            LiveActionRepository repository,
            LiveActionExecutor executor,
            InvocationRecorder recorder,
            LiveSettings live,
            Settings settings) {
        super("live-action-recovery", live.sweepInterval(), settings.roles().contains("worker"));
        this.repository = repository;
        this.executor = executor;
        this.recorder = recorder;
    }

    @Override
    protected void runOnce() {
        repository.openHoldReleases(MAX_ACTIONS_A_ROUND);
        repository.claimDue(MAX_ACTIONS_A_ROUND).forEach(this::resume);
    }

    /** A failure delays no other action: this one stays open and becomes due again. */
    private void resume(DueAction due) {
        try {
            ActionRequest action = repository.find(due);
            if (due.tries() > MAX_TRIES) {
                LOG.error(
                        "live action {}: not settled in {} tries; given up",
                        action.key().text(),
                        MAX_TRIES);
                repository.settle(action);
            } else if (!executor.isExecuting(action)) {
                recorder.recordSettlement(executor.execute(action), action);
            }
        } catch (RuntimeException failure) {
            LOG.error("live action {}: could not be resumed; retrying when it is due again", due, failure);
        }
    }

    /** Starts after the node's lease, under which effects are claimed. */
    @Override
    public int getPhase() {
        return 100;
    }
}
