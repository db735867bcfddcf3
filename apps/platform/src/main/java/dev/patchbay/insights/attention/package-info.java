/** What needs a person now, each with the action that mends it: {@link dev.patchbay.insights.attention.Attention}. */
@NullMarked
package dev.patchbay.insights.attention;

import org.jspecify.annotations.NullMarked;
