package dev.patchbay.flows.internal.live;

import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.kernel.Recurring;
import dev.patchbay.kernel.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Releases times that were held and not booked, and carries on acts that nobody finished. */
@Component
class LiveSweeper extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSweeper.class);
    private static final int MOST = 50;
    /** After that a person has to look; the act stays as it is. */
    private static final int MOST_TRIES = 20;

    private final LiveActRows rows;
    private final LiveActs acts;
    private final LiveTrace trace;

    LiveSweeper(LiveActRows rows, LiveActs acts, LiveTrace trace, LiveSettings live, Settings settings) {
        super("live-sweeper", live.sweepEvery(), settings.roles().contains("worker"));
        this.rows = rows;
        this.acts = acts;
        this.trace = trace;
    }

    @Override
    protected void once() {
        rows.expireHolds(MOST);
        rows.claim(MOST).forEach(this::carryOn);
    }

    /** What cannot be carried on must not keep the others from it: it stays open and is due again. */
    private void carryOn(LiveActRows.Due due) {
        try {
            Acting act = rows.find(due);
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
