/** Dispatch below HTTP: turns, retries, leases. */
@NullMarked
package dev.patchbay.ingress.dispatch;

import org.jspecify.annotations.NullMarked;
