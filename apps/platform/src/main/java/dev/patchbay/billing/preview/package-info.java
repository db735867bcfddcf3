/** Prices hypothetical usage with the same arithmetic as invoices, and stores nothing. */
@NullMarked
package dev.patchbay.billing.preview;

import org.jspecify.annotations.NullMarked;
