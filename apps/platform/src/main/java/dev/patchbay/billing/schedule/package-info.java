/** The background work of billing: periods are opened, invoices finalized. */
@NullMarked
package dev.patchbay.billing.schedule;

import org.jspecify.annotations.NullMarked;
