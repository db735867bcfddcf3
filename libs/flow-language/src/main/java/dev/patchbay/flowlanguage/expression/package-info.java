/**
 * Expressions: jq between <code>${</code> and <code>}</code>, bounded in time and output, deterministic, blind to the machine.
 * Front doors: {@link dev.patchbay.flowlanguage.expression.Expression} and {@link dev.patchbay.flowlanguage.expression.Template}.
 * Neighbours: none; the flow language above compiles them, the interpreter evaluates them.
 */
@NullMarked
package dev.patchbay.flowlanguage.expression;

import org.jspecify.annotations.NullMarked;
