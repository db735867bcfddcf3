/**
 * Runs: {@link dev.patchbay.flows.run.Runs} starts them, {@code RunExecutor} claims and executes them, {@code Interpreter} goes
 * through the flow, and {@code StepJournal} keeps every step. People change and read them through the public services.
 */
@NamedInterface("run")
@NullMarked
package dev.patchbay.flows.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
