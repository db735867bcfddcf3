@NullMarked
package dev.patchbay.billing.subscriptions;

import org.jspecify.annotations.NullMarked;
