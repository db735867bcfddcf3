package dev.patchbay.flowlanguage.expression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import org.jspecify.annotations.Nullable;

/** The built-in functions of jq, each under the {@link EvaluationBudget}, and the functions that flows must not use. */
final class BuiltinFunctions {

    static final Version VERSION = Versions.JQ_1_7;

    /** Functions that read the clock, the machine or more than one input, or that write to paths computed at run time. */
    private static final Set<String> FORBIDDEN = Set.of(
            "now",
            "localtime",
            "env",
            "input",
            "inputs",
            "input_filename",
            "input_line_number",
            "debug",
            "debug_scope",
            "stderr",
            "halt",
            "halt_error",
            "modulemeta",
            "get_search_list",
            "builtins",
            "setpath",
            "combinations");

    private static final Set<String> PATTERN_FUNCTIONS =
            Set.of("test", "match", "capture", "scan", "splits", "sub", "gsub");

    /** All functions of jq 1.7 as {@code name/arity} (jq manual, version 1.7), those that flows cannot use among them. */
    static final Set<String> PART_OF_JQ = partOfJq();

    private static final Scope ROOT = root();

    private BuiltinFunctions() {}

    private static Set<String> partOfJq() {
        try (var list = BuiltinFunctions.class.getResourceAsStream("/jq/functions-1.7.txt")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Whether a flow may call the function, {@code name/arity}. */
    static boolean isAvailable(String function) {
        int arity = function.indexOf('/');
        String name = function.substring(0, arity);
        return !FORBIDDEN.contains(name)
                && ROOT.getFunction(name, Integer.parseInt(function.substring(arity + 1))) != null;
    }

    private static Scope root() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance()
                .listFunctions(BuiltinFunctions.class.getClassLoader(), VERSION, scope)
                .forEach((name, function) -> scope.addFunction(name, budgeted(name, function)));
        TimeFunctions.ALL.forEach((name, function) -> scope.addFunction(name, budgeted(name, function)));
        return scope;
    }

    private static Function budgeted(String name, Function function) {
        return switch (name) {
            case MatchFunction.NAME ->
                new BudgetedNodes.Builtin(new MatchFunction(), BudgetedNodes.MAX_SEARCHED_CHARACTERS);
            case SubstituteFunction.NAME ->
                new BudgetedNodes.Builtin(new SubstituteFunction(), BudgetedNodes.MAX_SEARCHED_CHARACTERS);
            case "contains/1", "indices/1", "index/1", "rindex/1", "split/1", "delpaths/1" ->
                new BudgetedNodes.Pairwise(function);
            default -> new BudgetedNodes.Builtin(function, Integer.MAX_VALUE);
        };
    }

    static Scope scope() {
        return Scope.newChildScope(ROOT);
    }

    /** The reason why a flow must not make this call, in one sentence; null when it may. */
    static @Nullable String rejectionReason(ExpressionInstrumenter.Call call) {
        if (FORBIDDEN.contains(call.name()) || call.name().startsWith("_")) {
            return "“%s” is not available in flows, because a replay must compute the same values as the first run."
                    .formatted(call.name());
        }
        if (ROOT.getFunction(call.name(), call.arity()) == null) {
            return (PART_OF_JQ.contains(call.name() + "/" + call.arity())
                            ? "“%s” with %d arguments is part of jq 1.7 and not available in flows; docs/jq.md says what is."
                            : "There is no function “%s” with %d arguments.")
                    .formatted(call.name(), call.arity());
        }
        boolean pattern =
                PATTERN_FUNCTIONS.contains(call.name()) || (call.name().equals("split") && call.arity() == 2);
        return pattern ? patternRejectionReason(call) : null;
    }

    private static @Nullable String patternRejectionReason(ExpressionInstrumenter.Call call) {
        String pattern = call.firstArgument();
        if (pattern == null) {
            return "The pattern of “%s” must be literal text, not an expression.".formatted(call.name());
        }
        return RegexSafetyCheck.mayBacktrackWithoutEnd(pattern)
                ? "The pattern of “%s” may backtrack without end: it has a back-reference, or repeats a group that has a repetition or a choice."
                        .formatted(call.name())
                : null;
    }
}
