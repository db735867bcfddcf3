/** Compares providers' invoices with our records, names each difference, and records what a person decides about it. */
@NullMarked
package dev.patchbay.usage.reconciliation;

import org.jspecify.annotations.NullMarked;
