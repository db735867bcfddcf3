/**
 * Notifications: tells people of facts. Contexts publish {@link dev.patchbay.kernel.Notice}, and nobody imports this one; each
 * person who may read the subject is told once on each channel (ADR 0033). A mail is queued in the caller's transaction and
 * sent from an outbox.
 * Entry points: {@link dev.patchbay.notifications.Notices}, {@link dev.patchbay.notifications.PreferenceService},
 * {@link dev.patchbay.notifications.PhoneConfirmation}, {@link dev.patchbay.notifications.Mailer}. It implements
 * {@code iam.spi.InvitationMail}.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "effects",
            "effects :: spi",
            "flags",
            "iam :: access",
            "iam :: people",
            "iam :: spi",
            "iam :: tenants"
        })
@NullMarked
package dev.patchbay.notifications;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
