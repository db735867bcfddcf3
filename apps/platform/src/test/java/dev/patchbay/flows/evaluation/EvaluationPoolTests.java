package dev.patchbay.flows.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.flowlanguage.expression.CpuBudgetSpent;
import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;

class EvaluationPoolTests {

    private static final TenantId GREEDY = new TenantId("tnt_greedy");
    private static final TenantId MODEST = new TenantId("tnt_modest");
    private static final Expression EXPENSIVE = Expression.compile("${ [range(50000)] | map(. + 1) | length }");
    private static final Expression CHEAP = Expression.compile("${ 1 + 1 }");

    private final EvaluationPool pool = pool(Duration.ofSeconds(30));

    private static EvaluationPool pool(Duration patience) {
        return new EvaluationPool(new EvaluationSettings(
                1, Duration.ofMillis(5), Duration.ofMillis(500), Duration.ofMillis(100), patience));
    }

    @AfterEach
    void stop() {
        pool.destroy();
    }

    private static JsonNode evaluate(Expression expression) {
        return expression.evaluate(Json.object(), Map.of());
    }

    private static void computeWithoutEnd(Evaluator evaluator) {
        for (int times = 0; times < 100_000; times++) {
            evaluator.evaluate(() -> evaluate(EXPENSIVE));
        }
    }

    @Test
    void anotherTenantsExpressionNeedNotWaitForTheEndOfAnExpensiveOne() {
        List<CompletableFuture<Void>> attack = IntStream.range(0, 20)
                .mapToObj(run -> CompletableFuture.runAsync(
                        () -> computeWithoutEnd(pool.forRun(GREEDY)), Thread::startVirtualThread))
                .toList();
        var modest = pool.forRun(MODEST);
        for (int times = 0; times < 50; times++) {
            assertThat(modest.evaluate(() -> evaluate(CHEAP)).asInt()).isEqualTo(2);
        }

        // Twenty runs of 0.5 s of computing each take turns: the other tenant was served before all of them were done.
        assertThat(attack).filteredOn(CompletableFuture::isDone).hasSizeLessThan(20);
        attack.forEach(run -> assertThatThrownBy(run::join).hasCauseInstanceOf(CpuBudgetSpent.class));
    }

    @Test
    void aConditionThatTakesTooLongDoesNotHold() {
        assertThat(pool.evaluateTrigger(GREEDY, () -> evaluate(CHEAP).asInt() == 2))
                .isTrue();
        assertThatThrownBy(() -> pool.evaluateTrigger(GREEDY, () -> {
                    for (int times = 0; times < 1_000; times++) {
                        evaluate(EXPENSIVE);
                    }
                    return true;
                }))
                .isInstanceOf(CpuBudgetSpent.class);
    }

    @Test
    void aRequestWaitsForItsTurnNoLongerThanItsPatience() {
        var impatient = pool(Duration.ofMillis(20));
        var end = new CountDownLatch(1);
        var busy = IntStream.range(0, 4)
                .mapToObj(each -> CompletableFuture.runAsync(
                        () -> impatient.forRun(GREEDY).evaluate(() -> awaitEnd(end)), Thread::startVirtualThread))
                .toList();
        try {
            assertThatThrownBy(() -> {
                        for (int times = 0; times < 1_000; times++) {
                            impatient.forSimulation(GREEDY).evaluate(() -> evaluate(CHEAP));
                        }
                    })
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("a few seconds");
        } finally {
            end.countDown();
            busy.forEach(CompletableFuture::join);
            impatient.destroy();
        }
    }

    private static boolean awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Test
    void workThatHasBegunIsAwaitedToItsEnd() {
        var impatient = pool(Duration.ofMillis(1));
        try {
            int length = impatient.computeForRequest(GREEDY, checkpoint -> {
                checkpoint.run();
                return evaluate(EXPENSIVE).asInt();
            });
            assertThat(length).isEqualTo(50_000);
        } finally {
            impatient.destroy();
        }
    }

    @Test
    void failuresArriveWhereTheWorkWasAskedFor() {
        assertThatThrownBy(() -> pool.computeForRequest(GREEDY, checkpoint -> {
                    throw new IllegalArgumentException("odd");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pool.forRun(GREEDY).evaluate(() -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(pool.<Integer>computeForRequest(GREEDY, checkpoint -> 1)).isEqualTo(1);
    }

    @Test
    void anInterruptedRequestStopsWaiting() {
        var end = new CountDownLatch(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> pool.computeForRequest(GREEDY, checkpoint -> awaitEnd(end)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
    }

    @Test
    void aTransactionMayNotWaitForATurn() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatThrownBy(() -> pool.forRun(GREEDY).evaluate(() -> 1)).isInstanceOf(IllegalStateException.class);
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }
    }

    @Test
    void halfOfTheProcessorsComputeByDefault() {
        var settings = new EvaluationSettings(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        assertThat(settings.permits())
                .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
}
