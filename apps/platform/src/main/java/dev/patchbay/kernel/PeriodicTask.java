package dev.patchbay.kernel;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A background job that runs periodically, on a thread of its own, one run at a time. A failed run is logged and followed by
 * the next one. A run in progress when the process stops is not interrupted. {@code docs/README.md} lists all jobs.
 */
public abstract class PeriodicTask implements SmartLifecycle {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Duration interval;
    private final boolean enabled;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    /**
     * @param name for logs and thread dumps
     * @param interval between two runs, and before the first
     * @param enabled whether this process runs the task, by its roles
     */
    protected PeriodicTask(String name, Duration interval, boolean enabled) {
        this.name = name;
        this.interval = interval;
        this.enabled = enabled;
    }

    /** One run. */
    protected abstract void runOnce();

    private void loop(CountDownLatch stopped) {
        try {
            while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                runLogged();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runLogged() {
        try {
            runOnce();
        } catch (RuntimeException | Error failure) {
            log.warn("{}: run failed; running again in {}", name, interval, failure);
        }
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    public void start() {
        var stopped = new CountDownLatch(1);
        stopping = stopped;
        running = true;
        Thread.ofVirtual().name(name).start(() -> loop(stopped));
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
