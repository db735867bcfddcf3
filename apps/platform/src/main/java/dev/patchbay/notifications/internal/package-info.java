/** The outbox of mails, its dispatcher, and the content of invitation mails. */
@NullMarked
package dev.patchbay.notifications.internal;

import org.jspecify.annotations.NullMarked;
