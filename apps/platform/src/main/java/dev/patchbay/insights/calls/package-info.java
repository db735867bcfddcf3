/**
 * The read model of calls and days (ADR 0039): one row a call and one sum a day, written in the transactions that change their
 * facts. {@link dev.patchbay.insights.calls.Calls} lists and counts calls, {@link dev.patchbay.insights.calls.CallFigures} sums days,
 * {@link dev.patchbay.insights.calls.CallRebuild} writes both again from the facts.
 */
@NullMarked
package dev.patchbay.insights.calls;

import org.jspecify.annotations.NullMarked;
