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
 * Finds what an expression names outright, in the library's own tree, before it is put under guard. On its way it knows
 * what {@code .} stands for, as long as that can be told: through pipes yes, within the arguments of functions no.
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

    /** The value that the part is, where it can be told. */
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

    /** What {@code .} is behind this part of a pipe. */
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

    /** Where an expression within another begins with the same {@code .} as the whole. */
    private static boolean keepsInput(Object part, Field field) {
        boolean otherInput = part instanceof FunctionCall
                || Set.of("catchExpr", "reduceExpr", "updateExpr", "extractExpr", "matcher")
                        .contains(field.getName());
        // What is assigned to may be a member that is not there yet.
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
