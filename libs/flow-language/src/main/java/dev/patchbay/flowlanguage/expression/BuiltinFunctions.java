package dev.patchbay.flowlanguage.expression;

import java.util.Set;
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
            "strflocaltime",
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

    private static final Scope ROOT = root();

    private BuiltinFunctions() {}

    private static Scope root() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance()
                .listFunctions(BuiltinFunctions.class.getClassLoader(), VERSION, scope)
                .forEach((name, function) -> scope.addFunction(name, budgeted(name, function)));
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
            return "jq has no function “%s” with %d arguments.".formatted(call.name(), call.arity());
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
