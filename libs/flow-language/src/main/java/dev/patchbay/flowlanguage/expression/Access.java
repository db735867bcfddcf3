package dev.patchbay.flowlanguage.expression;

import java.util.List;
import java.util.stream.Stream;

/**
 * A value that an expression names outright, such as {@code $steps.contact.id}.
 *
 * @param root the variable without dollar sign, or {@link #INPUT}
 * @param members one after the other; {@link #ITEM} for an element of a list, whichever
 */
public record Access(String root, List<String> members) {

    /** What {@code .} is where the expression begins. */
    public static final String INPUT = ".";

    public static final String ITEM = "[]";

    public Access {
        members = List.copyOf(members);
    }

    Access member(String name) {
        return new Access(root, Stream.concat(members.stream(), Stream.of(name)).toList());
    }
}
