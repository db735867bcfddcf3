package dev.patchbay.flows.internal.run;

/** Only a person can say whether an act was done; no {@code catch} of a flow may decide that. */
final class ManualDecisionRequired extends RuntimeException {

    private final String task;

    ManualDecisionRequired(String task, String sentence) {
        super(sentence, null, false, false);
        this.task = task;
    }

    String task() {
        return task;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
