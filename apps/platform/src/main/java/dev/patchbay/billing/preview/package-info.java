/** Prices of made-up usage: the same arithmetic as invoices, and nothing is stored. */
@NullMarked
package dev.patchbay.billing.preview;

import org.jspecify.annotations.NullMarked;
