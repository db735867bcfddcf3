/**
 * Notifications: mails to people. A mail is queued in the caller's transaction and sent from an outbox.
 * Entry point: {@link dev.patchbay.notifications.Mailer}. It implements {@code iam.spi.InvitationMail}.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "effects",
            "effects :: spi",
            "iam :: access",
            "iam :: people",
            "iam :: spi",
            "iam :: tenants"
        })
@NullMarked
package dev.patchbay.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
