/** Subscriptions with frozen terms, and their periods. */
@NullMarked
package dev.patchbay.billing.subscriptions;

import org.jspecify.annotations.NullMarked;
