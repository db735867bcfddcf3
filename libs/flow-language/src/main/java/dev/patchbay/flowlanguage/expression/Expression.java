package dev.patchbay.flowlanguage.expression;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParser;
import net.thisptr.jackson.jq.internal.javacc.TokenMgrError;
import net.thisptr.jackson.jq.path.RootPath;
import tools.jackson.databind.JsonNode;

/** A compiled jq expression. Immutable and thread-safe. */
public final class Expression {

    /** The maximum length of an expression, in characters. */
    public static final int MAX_LENGTH = 4_000;

    private static final Pattern DELIMITED = Pattern.compile("\\s*\\$\\{(.+)}\\s*", Pattern.DOTALL);

    private final String text;
    private final net.thisptr.jackson.jq.Expression query;
    private final Set<String> variables;
    private final List<ValuePath> valuePaths;
    private final boolean constant;

    private Expression(
            String text,
            net.thisptr.jackson.jq.Expression query,
            Set<String> variables,
            List<ValuePath> valuePaths,
            boolean constant) {
        this.text = text;
        this.query = query;
        this.variables = Set.copyOf(variables);
        this.valuePaths = List.copyOf(valuePaths);
        this.constant = constant;
    }

    /** True for text of the form <code>${ … }</code>. */
    public static boolean isDelimited(String text) {
        return DELIMITED.matcher(text).matches();
    }

    /**
     * Compiles <code>${ … }</code>, or jq without delimiters, which the standard permits where a value can only be an expression
     * ({@code if}, {@code when}).
     *
     * @throws ExpressionFailed when the text is not jq, is longer than {@link #MAX_LENGTH}, or uses a function that would make a
     *     replay differ from the first run
     * @throws CpuBudgetSpent when the budget that it shares with others is spent
     */
    public static Expression compile(String text) {
        CpuBudget.checkCurrent();
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionFailed(text, "An expression must have at most 4,000 characters.");
        }
        Matcher delimited = DELIMITED.matcher(text);
        String jq = delimited.matches() ? Objects.requireNonNull(delimited.group(1)) : text;
        try {
            return compile(text, parse(text, jq));
        } catch (StackOverflowError nested) {
            throw new ExpressionFailed(text, "The expression is nested too deeply.");
        }
    }

    private static Expression compile(String text, net.thisptr.jackson.jq.Expression parsed) {
        PathCollector paths = new PathCollector();
        paths.collect(parsed, new ValuePath(ValuePath.INPUT, List.of()));
        ExpressionInstrumenter instrumenter = new ExpressionInstrumenter();
        net.thisptr.jackson.jq.Expression query = instrumenter.instrument(parsed);
        if (instrumenter.definesFunctions || instrumenter.variablesRead.contains("ENV")) {
            throw new ExpressionFailed(text, "“def” and “$ENV” are not available in flows.");
        }
        instrumenter.calls.stream()
                .map(BuiltinFunctions::rejectionReason)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(reason -> {
                    throw new ExpressionFailed(text, reason);
                });
        Set<String> free = new HashSet<>(instrumenter.variablesRead);
        free.removeAll(instrumenter.variablesBound);
        List<ValuePath> named = paths.paths.stream()
                .filter(valuePath ->
                        free.contains(valuePath.root()) || valuePath.root().equals(ValuePath.INPUT))
                .toList();
        boolean constant = !paths.readsInput && instrumenter.variablesRead.isEmpty();
        return new Expression(text, query, free, named, constant);
    }

    private static net.thisptr.jackson.jq.Expression parse(String text, String jq) {
        try {
            return ExpressionParser.compile(OptionalElse.complete(jq), BuiltinFunctions.VERSION);
        } catch (JsonQueryException | TokenMgrError | RuntimeException notJq) {
            throw new ExpressionFailed(text, "This is not a valid jq expression: " + firstLine(notJq));
        }
    }

    /** The names of the variables that it reads, without dollar sign. Variables that it binds itself are not included. */
    public Set<String> variables() {
        return variables;
    }

    /** The paths into its variables and its input that it names literally. Paths that it computes are not included. */
    public List<ValuePath> valuePaths() {
        return valuePaths;
    }

    /** True when it reads no variable and no input, so that its value is always the same. */
    public boolean isConstant() {
        return constant;
    }

    /**
     * Evaluates the expression, which must yield exactly one value. Limits: one second of computing, 500,000 steps, and 1,000,000
     * values or characters; and the {@link CpuBudget} that it is evaluated under.
     *
     * @param input the value of {@code .}
     * @param values the variables by name without dollar sign: {@code event}, {@code steps}, {@code client}, …
     * @throws ExpressionFailed when jq reports an error on this data, when no value or several values result, or when a limit is
     *     reached
     * @throws CpuBudgetSpent when the budget that it shares with others is spent
     */
    public JsonNode evaluate(JsonNode input, Map<String, JsonNode> values) {
        try {
            return ScopedValue.where(EvaluationBudget.CURRENT, new EvaluationBudget())
                    .call(() -> apply(input, values));
        } catch (CpuBudgetSpent spent) {
            throw spent;
        } catch (ExpressionRejected rejected) {
            throw new ExpressionFailed(text, String.valueOf(rejected.getMessage()));
        } catch (JsonQueryException | RuntimeException failed) {
            throw new ExpressionFailed(text, "It could not be evaluated: " + firstLine(failed));
        } catch (StackOverflowError recursed) {
            throw new ExpressionFailed(text, "It recurses too deeply.");
        }
    }

    private JsonNode apply(JsonNode input, Map<String, JsonNode> values) throws JsonQueryException {
        Scope scope = BuiltinFunctions.scope();
        values.forEach((name, value) -> {
            if (variables.contains(name)) {
                scope.setValue(name, JacksonConverter.toJq(value));
            }
        });
        SingleValueOutput single = new SingleValueOutput();
        query.apply(scope, JacksonConverter.toJq(input), RootPath.getInstance(), single, false);
        return JacksonConverter.fromJq(single.requireSingle());
    }

    private static String firstLine(Throwable failure) {
        String line = String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /** True when it evaluates to {@code true}; false for any other value. */
    public boolean holds(JsonNode input, Map<String, JsonNode> values) {
        JsonNode value = evaluate(input, values);
        return value.isBoolean() && value.booleanValue();
    }

    /** The text as the flow's author wrote it. */
    @Override
    public String toString() {
        return text;
    }
}
