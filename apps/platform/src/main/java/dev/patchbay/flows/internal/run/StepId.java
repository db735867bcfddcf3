package dev.patchbay.flows.internal.run;

/**
 * A step of a run.
 *
 * @param pointer the task's place in the flow file, for example {@code /do/0/contact}
 * @param iteration how often the run came by before, counted by backward jumps and retries of a {@code try}
 */
record StepId(String pointer, String name, int iteration) {}
