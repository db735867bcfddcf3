package dev.patchbay.flowlanguage;

/** Where a flow goes after a task. */
public sealed interface Then {

    /** To the next task of the same list; past the last one, the list is done. */
    record Continue() implements Then {}

    /** Out of the list the task stands in. */
    record Exit() implements Then {}

    /** The whole run is done. */
    record End() implements Then {}

    /** To a task of the same list. */
    record Named(String task) implements Then {}

    static Then of(String directive) {
        return switch (directive) {
            case "continue" -> new Continue();
            case "exit" -> new Exit();
            case "end" -> new End();
            default -> new Named(directive);
        };
    }
}
