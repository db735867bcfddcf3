package dev.patchbay.flows.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a step waits for a provider that does not answer, after its quick attempts. {@code metadata.patience} of the task
 * takes precedence.
 *
 * @param records for contacts, notes and opportunities, and for reading and cancelling appointments
 * @param bookings for appointments, whose patience ends at their start in any case
 * @param messages for texts and mails, which are of no use later
 * @param lookUps for finding out whether a request was carried out
 */
@ConfigurationProperties("patchbay.patience")
record PatienceSettings(
        @DefaultValue("24h") Duration records,
        @DefaultValue("30d") Duration bookings,
        @DefaultValue("2h") Duration messages,
        @DefaultValue("24h") Duration lookUps) {}
