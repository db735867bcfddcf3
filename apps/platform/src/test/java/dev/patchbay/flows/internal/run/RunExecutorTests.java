package dev.patchbay.flows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.flows.internal.run.RunExecutor.RunBody;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class RunExecutorTests {

    private static final RunLease TURN = new RunLease(new TenantId("tnt_demo"), "run_none", 1);

    @Autowired
    private RunClaimRepository claims;

    private final AtomicInteger walks = new AtomicInteger();

    @Test
    void aWalkThatFailsIsBegunAgainAndOneThatIsUnderWayIsNot() throws Exception {
        var gate = new CountDownLatch(1);
        var executor = executor("worker", runLease -> {
            if (walks.incrementAndGet() == 1) {
                throw new IllegalStateException("the database is away");
            }
            gate.await();
            return Duration.ofMillis(10);
        });
        executor.start();
        assertThat(executor.isRunning()).isTrue();
        assertThat(executor.isHere()).isTrue();

        executor.submit(TURN);
        await().until(() -> walks.get() == 2);
        executor.submit(TURN);
        assertThat(executor.active()).isEqualTo(1);
        gate.countDown();

        await().until(() -> executor.active() == 0);
        assertThat(walks.get()).isEqualTo(2);
        executor.stop();
        executor.submit(TURN);
        assertThat(executor.active()).isZero();
        executor.wakeUp();
    }

    @Test
    void whatFailsWhileTheProcessStopsIsLeftToOthers() {
        var executor = executor("worker", runLease -> {
            walks.incrementAndGet();
            throw new IllegalStateException("the database is away");
        });

        executor.submit(TURN);

        await().until(() -> walks.get() == 1 && executor.active() == 0);
    }

    @Test
    void aProcessThatWalksNothingLooksForNothing() {
        var executor = executor("api", runLease -> Duration.ZERO);

        assertThat(executor.isAutoStartup()).isFalse();
        assertThat(executor.isHere()).isFalse();
        executor.wakeUp();
        executor.submit(TURN);
        await().until(() -> executor.active() == 0);
    }

    private interface Body {
        Duration walk(RunLease runLease) throws Exception;
    }

    private RunExecutor executor(String role, Body body) {
        var moment = Duration.ofMillis(50);
        RunBody walked = runLease -> {
            try {
                return body.walk(runLease);
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception interrupted) {
                throw new IllegalStateException(interrupted);
            }
        };
        return new RunExecutor(
                claims,
                new NodeSettings("n", moment, moment, moment, moment, moment, Duration.ofMinutes(5), 4),
                new Settings(Environment.DEV, URI.create("http://127.0.0.1"), Path.of("target"), Set.of(role)),
                new ObjectProvider<>() {
                    @Override
                    public RunBody getObject() {
                        return walked;
                    }
                });
    }
}
