package dev.patchbay.flows.run;

/** Only a person can say whether an effect happened; a flow's {@code catch} must not decide that. */
final class ManualDecisionRequired extends RuntimeException {

    private final String task;
    private final String sentence;

    ManualDecisionRequired(String task, String sentence) {
        super(sentence, null, false, false);
        this.task = task;
        this.sentence = sentence;
    }

    String task() {
        return task;
    }

    String sentence() {
        return sentence;
    }
}
