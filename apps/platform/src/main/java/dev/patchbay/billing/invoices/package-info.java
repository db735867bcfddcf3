/** Invoices: drafted by rating, finalized in one transaction, then unchangeable. */
@NullMarked
package dev.patchbay.billing.invoices;

import org.jspecify.annotations.NullMarked;
