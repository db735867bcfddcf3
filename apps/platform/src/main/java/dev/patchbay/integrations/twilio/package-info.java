/**
 * Twilio: sends texts (MessagingPort), verifies its webhooks and turns texts, their fate and calls into canonical events.
 * An adapter only: no context imports it.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "connections :: http",
            "connections :: spi",
            "effects :: spi",
            "ingress :: spi"
        })
@NullMarked
package dev.patchbay.integrations.twilio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
