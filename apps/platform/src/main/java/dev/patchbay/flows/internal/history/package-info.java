/**
 * Run history: finds conversations by phone number, run, call or created resource, and reads the runs, effects and live
 * function calls that they left behind. Entry point: {@link dev.patchbay.flows.RunHistory}.
 */
@NullMarked
package dev.patchbay.flows.internal.history;

import org.jspecify.annotations.NullMarked;
