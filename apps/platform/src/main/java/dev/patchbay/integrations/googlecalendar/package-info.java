/** Google Calendar: keeps appointments (CalendarPort). An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"flows :: spi", "connections", "connections :: spi", "connections :: http"})
@NullMarked
package dev.patchbay.integrations.googlecalendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
