/** The pure arithmetic of prices: charges, shares, proration, cycles and totals of invoices. No database, no clock. */
@NullMarked
package dev.patchbay.billing.rating;

import org.jspecify.annotations.NullMarked;
