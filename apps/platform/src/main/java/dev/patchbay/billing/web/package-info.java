/** Serves plans, previews and invoices over HTTP. */
@NullMarked
package dev.patchbay.billing.web;

import org.jspecify.annotations.NullMarked;
