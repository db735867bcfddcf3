package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.path.Path;

/** Wrappers of jq nodes and functions that report each call and each value to the {@link EvaluationBudget}. */
final class BudgetedNodes {

    /** The maximum length of a text that a pattern may search, in characters: a search is limited by time alone. */
    static final int MAX_SEARCHED_CHARACTERS = 20_000;

    private static final int MAX_INDEX = 10_000;

    private BudgetedNodes() {}

    static PathOutput budgetedOutput(PathOutput output) {
        EvaluationBudget evaluationBudget = EvaluationBudget.CURRENT.get();
        return (value, path) -> {
            evaluationBudget.countValue(value);
            output.emit(JqNumbers.normalise(value), path);
        };
    }

    /** A node of an expression. */
    record Node(Expression inner) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            EvaluationBudget.CURRENT.get().countStep();
            inner.apply(scope, in, path, BudgetedNodes.budgetedOutput(output), requirePath);
        }
    }

    /** An index. Limited, because an assignment to a large index would create a list of as many nulls. */
    record Index(Expression inner) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            PathOutput checked = (value, place) -> {
                if (value.isNumber() && value.doubleValue() > MAX_INDEX) {
                    throw new ExpressionRejected("It uses an index above 10,000.");
                }
                output.emit(value, place);
            };
            inner.apply(scope, in, path, checked, requirePath);
        }
    }

    /** Multiplication. A text times a number repeats the text in one step, so the size is checked first. */
    record Multiply(BinaryOperator inner) implements BinaryOperator {
        @Override
        public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
            EvaluationBudget.checkSize((long) (length(left) * right.asDouble()));
            EvaluationBudget.checkSize((long) (length(right) * left.asDouble()));
            return inner.apply(mapper, left, right);
        }

        @Override
        public String image() {
            return inner.image();
        }

        private static double length(JsonNode value) {
            return value.isTextual() ? value.textValue().length() : 0;
        }
    }

    /** A built-in function of jq, such as {@code range}. */
    record Builtin(Function inner, int maxInput) implements Function {
        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            EvaluationBudget.CURRENT.get().countStep();
            if (in.isTextual() && in.textValue().length() > maxInput) {
                throw new ExpressionRejected("It searches a text of more than 20,000 characters for a pattern.");
            }
            inner.apply(scope, arguments, in, path, BudgetedNodes.budgetedOutput(output), version);
        }
    }

    /**
     * A function that may compare each part of its input with each part of its argument, such as {@code contains}. It reports no
     * steps while it runs, so the number of pairs is checked first.
     */
    record Pairwise(Function inner) implements Function {
        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            EvaluationBudget.CURRENT.get().countStep();
            List<Expression> comparedArguments = arguments.stream()
                    .<Expression>map(argument -> new ComparedArgument(argument, in))
                    .toList();
            inner.apply(scope, comparedArguments, in, path, BudgetedNodes.budgetedOutput(output), version);
        }
    }

    /** An argument of a {@link Pairwise} function. */
    record ComparedArgument(Expression inner, JsonNode against) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            PathOutput checked = (value, place) -> {
                EvaluationBudget.CURRENT.get().checkComparison(against, value);
                output.emit(value, place);
            };
            inner.apply(scope, in, path, checked, requirePath);
        }
    }
}
