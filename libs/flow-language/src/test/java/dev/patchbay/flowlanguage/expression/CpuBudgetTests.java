package dev.patchbay.flowlanguage.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class CpuBudgetTests {

    /** About 100,000 steps. */
    private static final Expression EXPENSIVE = Expression.compile("${ [range(30000)] | map(. + 1) | length }");

    private final AtomicInteger checkpoints = new AtomicInteger();

    private static JsonNode evaluate() {
        return EXPENSIVE.evaluate(JsonNodeFactory.instance.nullNode(), Map.of());
    }

    private CpuBudget budget(Duration limit) {
        return new CpuBudget(limit, "All of it takes too long.", checkpoints::incrementAndGet);
    }

    @Test
    void expressionsShareTheirBudget() {
        var budget = budget(Duration.ofMillis(200));

        assertThat(budget.spend(CpuBudgetTests::evaluate).asInt()).isEqualTo(30_000);
        assertThatThrownBy(() -> {
                    for (int times = 0; times < 10_000; times++) {
                        budget.spend(CpuBudgetTests::evaluate);
                    }
                })
                .isInstanceOfSatisfying(
                        CpuBudgetSpent.class,
                        spent -> assertThat(spent.sentence()).isEqualTo("All of it takes too long."));
        assertThatThrownBy(() -> budget.spend(() -> "free")).isInstanceOf(CpuBudgetSpent.class);
    }

    @Test
    void oneExpressionCanBePausedAgainAndAgain() {
        budget(Duration.ofMinutes(1)).spend(CpuBudgetTests::evaluate);

        assertThat(checkpoints.get()).isGreaterThan(100);
    }

    @Test
    void anExpressionIsStoppedInItsMiddle() {
        var tiny = budget(Duration.ofNanos(1));
        assertThatThrownBy(() -> tiny.spend(() -> "anything")).isInstanceOf(CpuBudgetSpent.class);

        var brief = budget(Duration.ofMillis(1));
        assertThatThrownBy(() -> {
                    for (int times = 0; times < 10_000; times++) {
                        brief.spend(CpuBudgetTests::evaluate);
                    }
                })
                .isInstanceOf(CpuBudgetSpent.class);
    }

    @Test
    void computingOnAVirtualThreadIsMeasuredByTheClock() {
        var budget = budget(Duration.ofMinutes(1));
        var result = new CompletableFuture<JsonNode>();
        Thread.startVirtualThread(() -> result.complete(budget.spend(CpuBudgetTests::evaluate)));

        assertThat(result.join().asInt()).isEqualTo(30_000);
    }

    @Test
    void withoutABudgetNothingIsStopped() {
        CpuBudget.checkCurrent();

        assertThat(evaluate().asInt()).isEqualTo(30_000);
    }
}
