package dev.patchbay.flows.internal.live;

import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.kernel.Settings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Releases times that were held and not booked, and carries on acts that nobody finished. */
@Component
class LiveSweeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSweeper.class);
    private static final int MOST = 50;
    /** After that a person has to look; the act stays as it is. */
    private static final int MOST_TRIES = 20;

    private final LiveActRows rows;
    private final LiveActs acts;
    private final LiveTrace trace;
    private final LiveSettings live;
    private final Settings settings;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    LiveSweeper(LiveActRows rows, LiveActs acts, LiveTrace trace, LiveSettings live, Settings settings) {
        this.rows = rows;
        this.acts = acts;
        this.trace = trace;
        this.live = live;
        this.settings = settings;
    }

    void sweep() {
        rows.expireHolds(MOST);
        for (var due : rows.claim(MOST)) {
            Acting act = rows.find(due);
            if (due.tries() > MOST_TRIES) {
                LOG.error("{} was not settled in {} tries: given up", act.key().text(), MOST_TRIES);
                rows.settle(act);
            } else if (!acts.carries(act)) {
                trace.follow(acts.carry(act), act);
            }
        }
    }

    private void loop() {
        try {
            while (!stopping.await(live.sweepEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                attempt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            sweep();
        } catch (RuntimeException databaseAway) {
            LOG.warn(
                    "held times and unfinished acts were not looked for; again in {}", live.sweepEvery(), databaseAway);
        }
    }

    @Override
    public boolean isAutoStartup() {
        return settings.roles().contains("worker");
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("live-sweeper").start(this::loop);
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the lease under which acts are claimed. */
    @Override
    public int getPhase() {
        return 100;
    }
}
