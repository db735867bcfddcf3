/** Runs: the interpreter, the journal people read, and how an event becomes a run. */
@NullMarked
package dev.patchbay.flows.internal.run;

import org.jspecify.annotations.NullMarked;
