/** The filter, the table of keys and its retention. */
@NullMarked
package dev.patchbay.idempotency.internal;

import org.jspecify.annotations.NullMarked;
