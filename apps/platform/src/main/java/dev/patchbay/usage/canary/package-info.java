/** A known call that is recorded every 15 minutes, and the alarm when it is not in its client's usage 20 minutes later. */
@NullMarked
package dev.patchbay.usage.canary;

import org.jspecify.annotations.NullMarked;
