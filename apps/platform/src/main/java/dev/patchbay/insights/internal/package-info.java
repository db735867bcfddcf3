/** Loads what belongs to a timeline from its contexts, and renders it in sentences. */
@NullMarked
package dev.patchbay.insights.internal;

import org.jspecify.annotations.NullMarked;
