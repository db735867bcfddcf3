/** The filter, its table and its sweeper. */
@NullMarked
package dev.patchbay.idempotency.internal;

import org.jspecify.annotations.NullMarked;
