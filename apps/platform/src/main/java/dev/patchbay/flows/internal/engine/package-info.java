/** Who may walk which run (ADR 0013): this process among its peers, and the threads its runs are walked on. */
@NullMarked
package dev.patchbay.flows.internal.engine;

import org.jspecify.annotations.NullMarked;
