package dev.patchbay.flowlanguage.expression;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.tree.FormattingFilter;
import net.thisptr.jackson.jq.internal.tree.FunctionCall;
import net.thisptr.jackson.jq.internal.tree.IdentifierKeyFieldConstruction;
import net.thisptr.jackson.jq.internal.tree.PipedQuery;
import net.thisptr.jackson.jq.internal.tree.RecursionOperator;
import net.thisptr.jackson.jq.internal.tree.ThisObject;
import net.thisptr.jackson.jq.internal.tree.TransformPipeComponent;
import net.thisptr.jackson.jq.internal.tree.VariableAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketExtractFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.FieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.IdentifierFieldAccess;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.StringFieldAccess;
import net.thisptr.jackson.jq.internal.tree.literal.StringLiteral;
import net.thisptr.jackson.jq.internal.tree.literal.ValueLiteral;
import org.jspecify.annotations.Nullable;

/**
 * Collects the paths that an expression names literally, from the library's own tree before it is instrumented. It tracks the value
 * of {@code .} through pipes; within the arguments of functions that value is unknown.
 */
final class PathCollector {

    private static final String TREE = "net.thisptr.jackson.jq.internal.tree";

    final Set<ValuePath> paths = new LinkedHashSet<>();
    boolean readsInput;

    void collect(Object part, @Nullable ValuePath dot) {
        ValuePath named = pathOf(part, dot);
        if (named != null) {
            paths.add(named);
        }
        readsInput |= readsInput(part);
        switch (part) {
            case PipedQuery pipe -> collectPipe(pipe, dot);
            case IdentifierKeyFieldConstruction field
            when field.value == null && dot != null -> paths.add(dot.member(field.key));
            default -> collectChildren(part, dot);
        }
    }

    private static boolean readsInput(Object part) {
        return part instanceof ThisObject
                || part instanceof RecursionOperator
                || part instanceof FunctionCall
                || part instanceof FormattingFilter
                || (part instanceof IdentifierKeyFieldConstruction field && field.value == null);
    }

    /** The path of the value that the part yields; null when it is not known. */
    private static @Nullable ValuePath pathOf(Object part, @Nullable ValuePath dot) {
        return switch (part) {
            case ThisObject _ -> dot;
            case VariableAccess variable -> new ValuePath(String.valueOf(fieldValue(variable, "name")), List.of());
            case PipedQuery pipe -> {
                ValuePath reached = dot;
                for (Object component : (List<?>) fieldValue(pipe, "components")) {
                    reached = inputAfter(component, reached);
                }
                yield reached;
            }
            case FieldAccess access -> member(access, pathOf(fieldValue(access, "target"), dot));
            default -> null;
        };
    }

    private static @Nullable ValuePath member(FieldAccess access, @Nullable ValuePath target) {
        if (target == null) {
            return null;
        }
        return switch (access) {
            case IdentifierFieldAccess field -> target.member(String.valueOf(fieldValue(field, "field")));
            case StringFieldAccess field -> literalMember(target, fieldValue(field, "field"));
            case BracketExtractFieldAccess _ -> target.member(ValuePath.ITEM);
            case BracketFieldAccess range when (boolean) fieldValue(range, "isRange") -> target;
            default -> literalMember(target, fieldValue(access, "startExpr"));
        };
    }

    private static @Nullable ValuePath literalMember(ValuePath target, Object key) {
        return switch (key) {
            case StringLiteral text -> target.member(text.value().textValue());
            case ValueLiteral _ -> target.member(ValuePath.ITEM);
            default -> null;
        };
    }

    private void collectPipe(PipedQuery pipe, @Nullable ValuePath dot) {
        ValuePath reached = dot;
        for (Object component : (List<?>) fieldValue(pipe, "components")) {
            collectChildren(component, reached);
            reached = inputAfter(component, reached);
        }
    }

    /** The path of {@code .} after this part of a pipe. */
    private static @Nullable ValuePath inputAfter(Object component, @Nullable ValuePath dot) {
        return component instanceof TransformPipeComponent step ? pathOf(step.expr, dot) : dot;
    }

    private void collectChildren(Object part, @Nullable ValuePath dot) {
        for (Class<?> type = part.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    collectChild(ExpressionInstrumenter.fieldValue(part, field), keepsInput(part, field) ? dot : null);
                }
            }
        }
    }

    /** True when the expression in this field of the part has the same {@code .} as the part. */
    private static boolean keepsInput(Object part, Field field) {
        boolean otherInput = part instanceof FunctionCall
                || Set.of("catchExpr", "reduceExpr", "updateExpr", "extractExpr", "matcher")
                        .contains(field.getName());
        // The target of an assignment may be a member that does not exist yet.
        return !otherInput && !part.getClass().getPackageName().endsWith(".assignment");
    }

    private void collectChild(@Nullable Object value, @Nullable ValuePath dot) {
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(item -> collectChild(item, dot));
            case Pair<?, ?> pair -> {
                collectChild(pair._1, dot);
                collectChild(pair._2, dot);
            }
            case Object other
            when other instanceof Expression
                    || other.getClass().getPackageName().startsWith(TREE) -> collect(other, dot);
            default -> {}
        }
    }

    private static Object fieldValue(Object part, String name) {
        return ExpressionInstrumenter.fieldValue(part, name);
    }
}
