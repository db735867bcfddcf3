package dev.patchbay.flows.evaluation;

import dev.patchbay.flowlanguage.expression.CpuBudgetSpent;
import java.util.function.Supplier;

/** Evaluates the expressions of one run, at the expense of one budget. */
public interface Evaluator {

    /** @throws CpuBudgetSpent when the run's expressions have used up their time */
    <T> T evaluate(Supplier<T> expression);
}
