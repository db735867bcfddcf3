package dev.patchbay.flows.internal.engine;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All that Patchbay asks of the engine: start a run once, remember a verdict, sleep across restarts. The engine keeps
 * ids and verdicts; what people read is in our own tables.
 */
@Component
public class DurableEngine implements SmartLifecycle {

    /** Stable across deploys of the same run semantics: raise it when the order of remembered verdicts changes. */
    private static final String RUN_SEMANTICS = "runs-1";

    private final DBOS dbos;
    private final ObjectProvider<RunBody> body;
    private final Runs runs;
    private final AtomicInteger active = new AtomicInteger();
    private volatile boolean running;

    /** What a run does; started again from its first line after a crash, with the verdicts it already has. */
    public interface RunBody {
        void run(String tenantId, String runId);
    }

    /** The method the engine knows by name. */
    public interface Runs {
        void run(String tenantId, String runId);
    }

    static final class Body implements Runs {
        private final ObjectProvider<RunBody> body;
        private final AtomicInteger active;

        Body(ObjectProvider<RunBody> body, AtomicInteger active) {
            this.body = body;
            this.active = active;
        }

        @Override
        @Workflow(name = "run")
        public void run(String tenantId, String runId) {
            active.incrementAndGet();
            try {
                body.getObject().run(tenantId, runId);
            } finally {
                active.decrementAndGet();
            }
        }
    }

    DurableEngine(@Qualifier("enginePool") DataSource enginePool, NodeSettings node, ObjectProvider<RunBody> body) {
        this.body = body;
        this.dbos = new DBOS(DBOSConfig.defaults("patchbay")
                .withDataSource(enginePool)
                .withDatabaseSchema("dbos")
                .withExecutorId(node.id())
                .withAppVersion(RUN_SEMANTICS));
        this.runs = dbos.registerProxy(Runs.class, new Body(this.body, active));
    }

    /** How many runs this process is walking through just now. */
    public int active() {
        return active.get();
    }

    /** Starts the run if it was never started; a second start of the same run changes nothing. */
    public void start(String tenantId, String runId) {
        dbos.startWorkflow(() -> runs.run(tenantId, runId), new StartWorkflowOptions(runId));
    }

    /** Runs the work unless this run already has its verdict under this name; the verdict must hold no personal data. */
    public String remember(String name, Supplier<String> work) {
        return dbos.runStep(work::get, name);
    }

    /** Sleeps; a restart in between does not begin the sleep anew. */
    public void sleep(Duration duration) {
        dbos.sleep(duration);
    }

    @Override
    public void start() {
        dbos.launch();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        dbos.shutdown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After everything a run needs, before the dispatcher hands out events. */
    @Override
    public int getPhase() {
        return 100;
    }
}
