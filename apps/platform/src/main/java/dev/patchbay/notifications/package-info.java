/**
 * Notifications: mails to people, taken in within the transaction that wants them and sent from an outbox.
 * Front door: {@link dev.patchbay.notifications.Mailer}. It implements {@code iam.spi.InvitationMail}.
 */
@ApplicationModule(allowedDependencies = {"connections", "iam :: spi"})
@NullMarked
package dev.patchbay.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
