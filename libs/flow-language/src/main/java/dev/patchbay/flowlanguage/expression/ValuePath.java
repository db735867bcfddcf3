package dev.patchbay.flowlanguage.expression;

import java.util.List;
import java.util.stream.Stream;

/**
 * Describes a path that an expression names literally, such as {@code $steps.contact.id}.
 *
 * @param root the variable without dollar sign, or {@link #INPUT}
 * @param members the members from the root on; {@link #ITEM} for any element of a list
 */
public record ValuePath(String root, List<String> members) {

    /** This root marks a path into the expression's input, {@code .}. */
    public static final String INPUT = ".";

    /** This member means any element of a list. */
    public static final String ITEM = "[]";

    public ValuePath {
        members = List.copyOf(members);
    }

    ValuePath member(String name) {
        return new ValuePath(
                root, Stream.concat(members.stream(), Stream.of(name)).toList());
    }
}
