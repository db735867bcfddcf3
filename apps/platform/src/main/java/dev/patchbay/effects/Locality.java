package dev.patchbay.effects;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Where and when values were written, which decides what they mean.
 *
 * @param zone in which times without an offset lie
 * @param locale whose language and order of day and month count first
 * @param country in whose format phone numbers without a country code are written (ISO 3166)
 * @param writtenAt from which “tomorrow” is counted
 * @param isOwnNumber whether a phone number (E.164) is the client's own, which belongs to no contact
 */
public record Locality(ZoneId zone, Locale locale, String country, Instant writtenAt, Predicate<String> isOwnNumber) {}
