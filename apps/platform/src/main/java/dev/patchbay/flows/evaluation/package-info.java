/**
 * Evaluation: what flows compute, on a few threads of its own and in turns by tenant, so that no tenant's expressions keep others
 * waiting (ADR 0024). Entry point: {@link dev.patchbay.flows.evaluation.EvaluationPool}.
 */
@NullMarked
package dev.patchbay.flows.evaluation;

import org.jspecify.annotations.NullMarked;
