/**
 * Billing: from price to invoice (docs/billing.md). Plans are data; rating is a pure function of terms and usage; preview and
 * invoices call the same function.
 * Its own controllers use the packages by subject: rating, terms, preview, subscriptions, invoices, ledger. It reads usage and
 * never changes it.
 */
@ApplicationModule(allowedDependencies = {"iam :: access", "iam :: tenants", "usage"})
@NullMarked
package dev.patchbay.billing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
