/**
 * Mail: an SMTP server that keeps every message and forwards none.
 * Entry point: {@link dev.patchbay.sandbox.mail.Mailbox}; the control API serves its messages at {@code /_sandbox/mailbox}.
 */
@NullMarked
package dev.patchbay.sandbox.mail;

import org.jspecify.annotations.NullMarked;
