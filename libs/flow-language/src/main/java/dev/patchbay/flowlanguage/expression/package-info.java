/**
 * Expressions: jq between <code>${</code> and <code>}</code>, deterministic, limited in time and output, without access to the machine.
 * Entry points: {@link dev.patchbay.flowlanguage.expression.Expression} and {@link dev.patchbay.flowlanguage.expression.Template}.
 * Depends on no other package. The flow language compiles expressions, the platform's interpreter evaluates them.
 */
@NullMarked
package dev.patchbay.flowlanguage.expression;

import org.jspecify.annotations.NullMarked;
