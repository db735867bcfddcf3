package dev.patchbay.flowlanguage.expression;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.MultiplyOperator;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.VariableKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.StringLiteral;
import net.thisptr.jackson.jq.internal.tree.matcher.matchers.ValueMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Wraps each node of a compiled expression in {@link BudgetedNodes} and collects the functions and variables that it names.
 * jackson-jq has neither a visitor nor limits, so this uses reflection on the fields of its tree.
 */
final class ExpressionInstrumenter {

    /**
     * A function call of the expression.
     *
     * @param firstArgument the first argument if it is literal text, else null
     */
    record Call(String name, int arity, @Nullable String firstArgument) {}

    private static final String LIBRARY = Expression.class.getPackageName();

    final Set<String> variablesRead = new HashSet<>();
    final Set<String> variablesBound = new HashSet<>();
    final List<Call> calls = new ArrayList<>();
    boolean definesFunctions;

    /** Returns the expression with each of its nodes wrapped. The given tree is modified. */
    Expression instrument(Expression root) {
        instrumentFields(root);
        return new BudgetedNodes.Node(root);
    }

    private void instrumentFields(Object part) {
        recordNames(part);
        for (Class<?> type = part.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    instrumentField(part, field);
                }
            }
        }
    }

    private void recordNames(Object part) {
        switch (part) {
            case FunctionCall call -> calls.add(callOf(call));
            case FormattingFilter format -> calls.add(new Call("@" + fieldValue(format, "name"), 0, null));
            case VariableAccess access -> variablesRead.add(String.valueOf(fieldValue(access, "name")));
            case VariableKeyFieldConstruction field -> variablesRead.add(String.valueOf(fieldValue(field, "name")));
            case ValueMatcher matcher -> variablesBound.add(String.valueOf(fieldValue(matcher, "name")));
            case FunctionDefinition _ -> definesFunctions = true;
            default -> {}
        }
    }

    private static Call callOf(FunctionCall call) {
        List<?> arguments = (List<?>) fieldValue(call, "args");
        String first = !arguments.isEmpty() && arguments.getFirst() instanceof StringLiteral literal
                ? literal.value().textValue()
                : null;
        return new Call(String.valueOf(fieldValue(call, "name")), arguments.size(), first);
    }

    private void instrumentField(Object part, Field field) {
        try {
            field.setAccessible(true);
            boolean index =
                    part instanceof BracketFieldAccess && !field.getName().equals("target");
            field.set(part, instrumentValue(field.get(part), index));
        } catch (IllegalAccessException libraryChanged) {
            throw new IllegalStateException(libraryChanged);
        }
    }

    private Object instrumentValue(Object value, boolean index) {
        return switch (value) {
            case null -> value;
            case Expression expression -> {
                Expression node = instrument(expression);
                yield index ? new BudgetedNodes.Index(node) : node;
            }
            case List<?> list ->
                list.stream()
                        .map(item -> instrumentValue(item, index))
                        .collect(ArrayList::new, List::add, List::addAll);
            case MultiplyOperator operator -> new BudgetedNodes.Multiply(operator);
            case Pair<?, ?> pair -> Pair.of(instrumentValue(pair._1, index), instrumentValue(pair._2, index));
            case Object other -> {
                if (other.getClass().getPackageName().startsWith(LIBRARY + ".internal.tree")) {
                    instrumentFields(other);
                }
                yield other;
            }
        };
    }

    /** The value of the field of that name, declared by the part's class or by one of its superclasses. */
    static Object fieldValue(Object part, String name) {
        Class<?> type = part.getClass();
        while (Arrays.stream(type.getDeclaredFields())
                .noneMatch(field -> field.getName().equals(name))) {
            type = type.getSuperclass();
        }
        try {
            return fieldValue(part, type.getDeclaredField(name));
        } catch (NoSuchFieldException libraryChanged) {
            throw new IllegalStateException(libraryChanged);
        }
    }

    static Object fieldValue(Object part, Field field) {
        try {
            field.setAccessible(true);
            return field.get(part);
        } catch (IllegalAccessException libraryChanged) {
            throw new IllegalStateException(libraryChanged);
        }
    }
}
