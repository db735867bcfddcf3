/**
 * Runs: {@code RunExecutor} claims and executes them, {@code Interpreter} goes through the flow, {@code StepJournal} keeps every
 * step, and {@code EventTrigger} starts them. People change and read them through the public services.
 */
@NullMarked
package dev.patchbay.flows.internal.run;

import org.jspecify.annotations.NullMarked;
