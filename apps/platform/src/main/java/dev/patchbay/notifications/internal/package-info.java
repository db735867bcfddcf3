/** The outbox, and who empties it. */
@NullMarked
package dev.patchbay.notifications.internal;

import org.jspecify.annotations.NullMarked;
