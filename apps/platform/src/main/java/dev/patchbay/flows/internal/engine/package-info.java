/** The durable engine, behind one small class (ADR 0003): ids in, verdicts out, no personal data. */
@NullMarked
package dev.patchbay.flows.internal.engine;

import org.jspecify.annotations.NullMarked;
