/**
 * The read model of calls and days (ADR 0039). It has one row for each call and one sum for each day, which are written in the
 * transactions that change their facts. {@link dev.patchbay.insights.calls.Calls} lists and counts calls,
 * {@link dev.patchbay.insights.calls.CallFigures} sums days, and {@link dev.patchbay.insights.calls.CallRebuild} writes both
 * again from the facts.
 */
@NullMarked
package dev.patchbay.insights.calls;

import org.jspecify.annotations.NullMarked;
