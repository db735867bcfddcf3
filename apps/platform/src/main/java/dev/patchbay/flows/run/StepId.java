package dev.patchbay.flows.run;

/**
 * Names a step within one pass of a run.
 *
 * @param pointer the task's place in the flow file, for example {@code /do/0/contact}
 * @param name the task's name
 * @param iteration how often this pass reached the task before, by backward jumps and retries of a {@code try}
 */
record StepId(String pointer, String name, int iteration) {}
