package dev.patchbay.effects;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;

/**
 * Where and when values were written, which decides what they mean.
 *
 * @param zone in which times without an offset lie
 * @param locale whose language and order of day and month count first
 * @param country in whose format phone numbers without a country code are written (ISO 3166)
 * @param writtenAt from which “tomorrow” is counted
 * @param ownNumbers the client's own phone numbers (E.164), which belong to no contact
 */
public record Locality(ZoneId zone, Locale locale, String country, Instant writtenAt, Set<String> ownNumbers) {}
