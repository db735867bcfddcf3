/**
 * Attention: the things that need a person now, each with the action that solves it. Entry point:
 * {@link dev.patchbay.insights.attention.Attention}.
 */
@NullMarked
package dev.patchbay.insights.attention;

import org.jspecify.annotations.NullMarked;
