package dev.patchbay.flowlanguage;

/** The flow directive {@code then}: the task that follows a task. */
public sealed interface Then {

    /** The next task of the same list; after the last one, the list is complete. */
    record Continue() implements Then {}

    /** Leaves the list that holds the task. */
    record Exit() implements Then {}

    /** Completes the run. */
    record End() implements Then {}

    /** A task of the same list, by name. */
    record Named(String task) implements Then {}

    /** Parses the directive: {@code continue}, {@code exit}, {@code end} or a task's name. */
    static Then of(String directive) {
        return switch (directive) {
            case "continue" -> new Continue();
            case "exit" -> new Exit();
            case "end" -> new End();
            default -> new Named(directive);
        };
    }
}
