/**
 * Notifications: mails to people. A mail is queued in the caller's transaction and sent from an outbox.
 * Entry point: {@link dev.patchbay.notifications.Mailer}. It implements {@code iam.spi.InvitationMail}.
 */
@ApplicationModule(allowedDependencies = {"connections", "iam :: spi"})
@NullMarked
package dev.patchbay.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
