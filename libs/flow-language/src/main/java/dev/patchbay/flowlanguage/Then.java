package dev.patchbay.flowlanguage;

/** Models the flow directive {@code then}, which names the task that follows a task. */
public sealed interface Then {

    /** Continues with the next task of the same list; after the last task, the list is complete. */
    record Continue() implements Then {}

    /** Leaves the list that holds the task. */
    record Exit() implements Then {}

    /** Completes the run. */
    record End() implements Then {}

    /** Continues with a task of the same list, by name. */
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
