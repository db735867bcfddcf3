/** Twilio: sends texts (MessagingPort). An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"flows :: spi", "connections", "connections :: http"})
@NullMarked
package dev.patchbay.integrations.twilio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
