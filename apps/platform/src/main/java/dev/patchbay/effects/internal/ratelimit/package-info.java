/** Keeps requests within the quotas of providers: shared between processes, and fairly between clients that wait. */
@NullMarked
package dev.patchbay.effects.internal.ratelimit;

import org.jspecify.annotations.NullMarked;
