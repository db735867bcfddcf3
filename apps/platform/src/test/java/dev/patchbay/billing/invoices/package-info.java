@NullMarked
package dev.patchbay.billing.invoices;

import org.jspecify.annotations.NullMarked;
