package dev.patchbay.kernel;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work that a process does again and again beside everything else, one round after the other. A round that fails is told
 * and followed by the next; a round under way when the process stops is not cut off.
 */
public abstract class PeriodicTask implements SmartLifecycle {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Duration every;
    private final boolean here;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    /**
     * @param name what people read in logs and thread dumps
     * @param every between two rounds, and before the first
     * @param here whether it is this process's work
     */
    protected PeriodicTask(String name, Duration every, boolean here) {
        this.name = name;
        this.every = every;
        this.here = here;
    }

    /** One round. */
    protected abstract void once();

    private void rounds(CountDownLatch stopped) {
        try {
            while (!stopped.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                attempt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            once();
        } catch (RuntimeException | Error failure) {
            log.warn("{} failed; again in {}", name, every, failure);
        }
    }

    @Override
    public boolean isAutoStartup() {
        return here;
    }

    @Override
    public void start() {
        var stopped = new CountDownLatch(1);
        stopping = stopped;
        running = true;
        Thread.ofVirtual().name(name).start(() -> rounds(stopped));
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
}
