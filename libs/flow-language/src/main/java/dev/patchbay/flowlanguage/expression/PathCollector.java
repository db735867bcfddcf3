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

    final Set<ValuePath> found = new LinkedHashSet<>();
    boolean readsInput;

    void walk(Object part, @Nullable ValuePath dot) {
        ValuePath named = named(part, dot);
        if (named != null) {
            found.add(named);
        }
        readsInput |= readsInput(part);
        switch (part) {
            case PipedQuery pipe -> through(pipe, dot);
            case IdentifierKeyFieldConstruction field
            when field.value == null && dot != null -> found.add(dot.member(field.key));
            default -> children(part, dot);
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
    private static @Nullable ValuePath named(Object part, @Nullable ValuePath dot) {
        return switch (part) {
            case ThisObject _ -> dot;
            case VariableAccess variable -> new ValuePath(String.valueOf(value(variable, "name")), List.of());
            case PipedQuery pipe -> {
                ValuePath reached = dot;
                for (Object component : (List<?>) value(pipe, "components")) {
                    reached = after(component, reached);
                }
                yield reached;
            }
            case FieldAccess access -> member(access, named(value(access, "target"), dot));
            default -> null;
        };
    }

    private static @Nullable ValuePath member(FieldAccess access, @Nullable ValuePath target) {
        if (target == null) {
            return null;
        }
        return switch (access) {
            case IdentifierFieldAccess field -> target.member(String.valueOf(value(field, "field")));
            case StringFieldAccess field -> literal(target, value(field, "field"));
            case BracketExtractFieldAccess _ -> target.member(ValuePath.ITEM);
            case BracketFieldAccess range when (boolean) value(range, "isRange") -> target;
            default -> literal(target, value(access, "startExpr"));
        };
    }

    private static @Nullable ValuePath literal(ValuePath target, Object key) {
        return switch (key) {
            case StringLiteral text -> target.member(text.value().textValue());
            case ValueLiteral _ -> target.member(ValuePath.ITEM);
            default -> null;
        };
    }

    private void through(PipedQuery pipe, @Nullable ValuePath dot) {
        ValuePath reached = dot;
        for (Object component : (List<?>) value(pipe, "components")) {
            children(component, reached);
            reached = after(component, reached);
        }
    }

    /** What {@code .} is behind this part of a pipe. */
    private static @Nullable ValuePath after(Object component, @Nullable ValuePath dot) {
        return component instanceof TransformPipeComponent step ? named(step.expr, dot) : dot;
    }

    private void children(Object part, @Nullable ValuePath dot) {
        for (Class<?> type = part.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    child(ExpressionInstrumenter.value(part, field), keepsDot(part, field) ? dot : null);
                }
            }
        }
    }

    /** Where an expression within another begins with the same {@code .} as the whole. */
    private static boolean keepsDot(Object part, Field field) {
        boolean otherInput = part instanceof FunctionCall
                || Set.of("catchExpr", "reduceExpr", "updateExpr", "extractExpr", "matcher")
                        .contains(field.getName());
        // What is assigned to may be a member that is not there yet.
        return !otherInput && !part.getClass().getPackageName().endsWith(".assignment");
    }

    private void child(@Nullable Object value, @Nullable ValuePath dot) {
        switch (value) {
            case null -> {}
            case List<?> list -> list.forEach(item -> child(item, dot));
            case Pair<?, ?> pair -> {
                child(pair._1, dot);
                child(pair._2, dot);
            }
            case Object other
            when other instanceof Expression
                    || other.getClass().getPackageName().startsWith(TREE) -> walk(other, dot);
            default -> {}
        }
    }

    private static Object value(Object part, String name) {
        return ExpressionInstrumenter.value(part, name);
    }
}
