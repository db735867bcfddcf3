/** The pure arithmetic of prices: charges, shares, proration, cycles and invoice totals. It uses no database and no clock. */
@NullMarked
package dev.patchbay.billing.rating;

import org.jspecify.annotations.NullMarked;
