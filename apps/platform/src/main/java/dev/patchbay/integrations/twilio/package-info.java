/**
 * Twilio: sends text messages (MessagingPort), checks accounts, verifies webhooks and maps those about messages, delivery and calls.
 * An adapter only: no context imports it.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "connections :: http",
            "connections :: spi",
            "effects :: spi",
            "ingress :: spi",
            "usage :: spi"
        })
@NullMarked
package dev.patchbay.integrations.twilio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
