package dev.patchbay.flowlanguage.expression;

import java.util.List;
import java.util.stream.Stream;

/**
 * A value that an expression names outright, such as {@code $steps.contact.id}.
 *
 * @param root the variable without dollar sign, or {@link #INPUT}
 * @param members one after the other; {@link #ITEM} for an element of a list, whichever
 */
public record ValuePath(String root, List<String> members) {

    /** What {@code .} is where the expression begins. */
    public static final String INPUT = ".";

    public static final String ITEM = "[]";

    public ValuePath {
        members = List.copyOf(members);
    }

    ValuePath member(String name) {
        return new ValuePath(
                root, Stream.concat(members.stream(), Stream.of(name)).toList());
    }
}
