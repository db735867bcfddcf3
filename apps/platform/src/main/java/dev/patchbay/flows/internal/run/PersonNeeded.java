package dev.patchbay.flows.internal.run;

/** Only a person can say whether an act was done; no {@code catch} of a flow may decide that. */
final class PersonNeeded extends RuntimeException {

    private final String task;

    PersonNeeded(String task, String sentence) {
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
