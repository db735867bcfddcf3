package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Releases times that were held and not booked, and carries on acts that nobody finished. */
@Component
class StaleHoldRelease extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(StaleHoldRelease.class);
    private static final int MOST = 50;
    /** After that a person has to look; the act stays as it is. */
    private static final int MOST_TRIES = 20;

    private final LiveActionRepository rows;
    private final LiveActionExecutor acts;
    private final InvocationRecorder trace;

    StaleHoldRelease(
            LiveActionRepository rows,
            LiveActionExecutor acts,
            InvocationRecorder trace,
            LiveSettings live,
            Settings settings) {
        super("live-sweeper", live.sweepEvery(), settings.roles().contains("worker"));
        this.rows = rows;
        this.acts = acts;
        this.trace = trace;
    }

    @Override
    protected void runOnce() {
        rows.expireHolds(MOST);
        rows.claim(MOST).forEach(this::carryOn);
    }

    /** What cannot be carried on must not keep the others from it: it stays open and is due again. */
    private void carryOn(LiveActionRepository.Due due) {
        try {
            ActionRequest act = rows.find(due);
            if (due.tries() > MOST_TRIES) {
                LOG.error("{} was not settled in {} tries: given up", act.key().text(), MOST_TRIES);
                rows.settle(act);
            } else if (!acts.carries(act)) {
                trace.follow(acts.carry(act), act);
            }
        } catch (RuntimeException failure) {
            LOG.error("an act of a live call cannot be carried on: {}", due, failure);
        }
    }

    /** After the lease under which acts are claimed. */
    @Override
    public int getPhase() {
        return 100;
    }
}
