/** Reads the terms of plans from JSON and refuses those that make no sense. */
@NullMarked
package dev.patchbay.billing.terms;

import org.jspecify.annotations.NullMarked;
