/** Google Calendar: books appointments (CalendarPort), connects and checks accounts. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "connections :: spi", "effects :: spi"})
@NullMarked
package dev.patchbay.integrations.googlecalendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
