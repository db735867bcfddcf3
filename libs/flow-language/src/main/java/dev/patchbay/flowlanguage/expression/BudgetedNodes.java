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

/** Parts of jq that report each call and each value to the budget. */
final class BudgetedNodes {

    /** Characters of a text that a pattern may search: the search itself looks at the clock alone. */
    static final int LONGEST_SEARCHED = 20_000;

    private static final int LARGEST_INDEX = 10_000;

    private BudgetedNodes() {}

    static PathOutput output(PathOutput output) {
        Budget budget = Budget.CURRENT.get();
        return (value, path) -> {
            budget.emitted(value);
            output.emit(value, path);
        };
    }

    /** A node of an expression. */
    record Node(Expression inner) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            Budget.CURRENT.get().step();
            inner.apply(scope, in, path, BudgetedNodes.output(output), requirePath);
        }
    }

    /** An index: writing to a large one would make a list of as many nulls. */
    record Index(Expression inner) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            PathOutput checked = (value, place) -> {
                if (value.isNumber() && value.doubleValue() > LARGEST_INDEX) {
                    throw new ExpressionRejected("It uses an index above 10,000.");
                }
                output.emit(value, place);
            };
            inner.apply(scope, in, path, checked, requirePath);
        }
    }

    /** Multiplication: a text times a number is the text repeated, made in one go. */
    record Multiply(BinaryOperator inner) implements BinaryOperator {
        @Override
        public JsonNode apply(ObjectMapper mapper, JsonNode left, JsonNode right) throws JsonQueryException {
            Budget.refuseAbove((long) (length(left) * right.asDouble()));
            Budget.refuseAbove((long) (length(right) * left.asDouble()));
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

    /** A function that jq brings, such as {@code range}. */
    record Builtin(Function inner, int longestInput) implements Function {
        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            Budget.CURRENT.get().step();
            if (in.isTextual() && in.textValue().length() > longestInput) {
                throw new ExpressionRejected("It searches a text of more than 20,000 characters for a pattern.");
            }
            inner.apply(scope, arguments, in, path, BudgetedNodes.output(output), version);
        }
    }

    /**
     * A function that may compare each part of its input with each part of its argument, such as {@code contains}: until it is
     * done it reports to nobody.
     */
    record Pairwise(Function inner) implements Function {
        @Override
        public void apply(
                Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
                throws JsonQueryException {
            Budget.CURRENT.get().step();
            List<Expression> weighed = arguments.stream()
                    .<Expression>map(argument -> new Weighed(argument, in))
                    .toList();
            inner.apply(scope, weighed, in, path, BudgetedNodes.output(output), version);
        }
    }

    /** An argument of such a function. */
    record Weighed(Expression inner, JsonNode against) implements Expression {
        @Override
        public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
                throws JsonQueryException {
            PathOutput weighed = (value, place) -> {
                Budget.CURRENT.get().compares(against, value);
                output.emit(value, place);
            };
            inner.apply(scope, in, path, weighed, requirePath);
        }
    }
}
