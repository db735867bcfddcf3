package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class RunExecutorTests {

    private static final RunLease LEASE = new RunLease(new TenantId("tnt_demo"), new RunId("run_none"), 1);

    @Autowired
    private RunClaimRepository claims;

    @Autowired
    private RunRepository runs;

    @Autowired
    private RunContextRepository contexts;

    @Autowired
    private StepJournals journals;

    @Autowired
    private StepAttempts attempts;

    @Autowired
    private CallInputs inputs;

    @Autowired
    private RunAudit audit;

    @Autowired
    private EvaluationPool evaluations;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private MeterRegistry meters;

    private final AtomicInteger turns = new AtomicInteger();

    @Test
    void aFailedTurnIsRetriedAndARunUnderWayIsNotStartedTwice() {
        var gate = new CountDownLatch(1);
        var executor = executor("worker", () -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            gate.await();
            return Duration.ofMillis(10);
        });
        executor.start();
        assertThat(executor.isRunning()).isTrue();
        assertThat(executor.isHere()).isTrue();

        executor.submit(LEASE);
        await().until(() -> turns.get() == 2);
        executor.submit(LEASE);
        assertThat(executor.active()).isEqualTo(1);
        gate.countDown();

        await().until(() -> executor.active() == 0);
        assertThat(turns.get()).isEqualTo(2);
        executor.stop();
        executor.submit(LEASE);
        assertThat(executor.active()).isZero();
        executor.wakeUp();
    }

    @Test
    void aTurnThatFailsWhileTheProcessStopsIsNotRetried() {
        var executor = executor("worker", () -> {
            turns.incrementAndGet();
            throw new IllegalStateException("the database is away");
        });

        executor.submit(LEASE);

        await().until(() -> turns.get() == 1 && executor.active() == 0);
    }

    @Test
    void aProcessWithoutTheRoleWorkerClaimsNothing() {
        var executor = executor("api", () -> Duration.ZERO);

        assertThat(executor.isAutoStartup()).isFalse();
        assertThat(executor.isHere()).isFalse();
        executor.wakeUp();
        executor.submit(LEASE);
        await().until(() -> executor.active() == 0);
    }

    @Test
    void oneTenantGetsHalfOfThePlacesForRuns() {
        var end = new CountDownLatch(1);
        var executor = executor("worker", () -> {
            end.await();
            return Duration.ZERO;
        });
        var greedy = new TenantId("tnt_greedy");
        var modest = new TenantId("tnt_modest");

        executor.submit(new RunLease(greedy, new RunId("run_1"), 1));
        assertThat(executor.hasRoomFor(greedy)).isTrue();
        executor.submit(new RunLease(greedy, new RunId("run_2"), 1));

        assertThat(executor.hasRoomFor(greedy)).isFalse();
        assertThat(executor.hasRoomFor(modest)).isTrue();
        executor.submit(new RunLease(modest, new RunId("run_3"), 1));
        assertThat(executor.hasRoomFor(modest)).as("three quarters are taken").isFalse();
        end.countDown();
        await().until(() -> executor.active() == 0);
    }

    private interface LeaseWork {
        Duration run() throws Exception;
    }

    private RunExecutor executor(String role, LeaseWork turn) {
        var moment = Duration.ofMillis(50);
        return new RunExecutor(
                claims,
                runner(turn),
                new NodeSettings("n", moment, moment, moment, moment, moment, Duration.ofMinutes(5), 4),
                new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role)));
    }

    private FlowRunner runner(LeaseWork turn) {
        return new FlowRunner(
                runs, contexts, journals, attempts, inputs, audit, evaluations, tenancy, Clock.systemUTC(), meters) {
            @Override
            Duration execute(RunLease lease) {
                try {
                    return turn.run();
                } catch (RuntimeException failure) {
                    throw failure;
                } catch (Exception interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            }
        };
    }
}
