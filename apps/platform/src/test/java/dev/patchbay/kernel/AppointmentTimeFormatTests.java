package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as a receptionist says and writes them. */
class AppointmentTimeFormatTests {

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    /** A Friday, 10:00 in Chicago. */
    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");

    private static AppointmentTimeFormat format(String locale, ZoneId zone) {
        return new AppointmentTimeFormat(Messages.in(Locale.forLanguageTag(locale)), zone);
    }

    private static OffsetDateTime chicago(String local) {
        return LocalDateTime.parse(local).atZone(CHICAGO).toOffsetDateTime();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-US | 2026-11-20T14:30 | today at 2:30 PM",
                "en-US | 2026-11-21T14:30 | tomorrow at 2:30 PM",
                "en-US | 2026-11-24T14:30 | Tuesday at 2:30 PM",
                "en-US | 2026-11-26T09:00 | Thursday at 9:00 AM",
                "en-US | 2026-11-27T09:00 | Friday, November 27 at 9:00 AM",
                "en-US | 2026-11-19T09:00 | Thursday, November 19 at 9:00 AM",
                "en-US | 2026-11-24T12:00 | Tuesday at 12:00 PM",
                "en-US | 2026-11-24T00:00 | Tuesday at 12:00 AM",
                "en-GB | 2026-11-24T14:30 | Tuesday at 14:30",
                "en-GB | 2026-12-01T14:30 | Tuesday, 1 December at 14:30",
                "en-GB | 2026-11-24T00:00 | Tuesday at 0:00",
                "en-AU | 2026-12-01T14:30 | Tuesday, 1 December at 2:30 pm",
                "fr-FR | 2026-12-01T14:30 | Tuesday, 1 December at 14:30",
                "de-DE | 2026-11-20T14:30 | heute um 14:30 Uhr",
                "de-DE | 2026-11-21T14:30 | morgen um 14:30 Uhr",
                "de-DE | 2026-11-24T14:30 | Dienstag um 14:30 Uhr",
                "de-AT | 2026-12-01T14:30 | Dienstag, 1. Dezember um 14:30 Uhr",
                "de-DE | 2026-11-24T12:00 | Dienstag um 12:00 Uhr",
                "de-DE | 2026-11-24T09:00 | Dienstag um 9:00 Uhr",
                "en-GB | 2026-11-24T09:05 | Tuesday at 9:05",
                "de-DE | 2026-11-24T00:00 | Dienstag um 0:00 Uhr",
            })
    void aTimeIsSaidInTheClientsLocale(String locale, String local, String said) {
        assertThat(format(locale, CHICAGO).say(chicago(local), NOW)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-US | Tue, Nov 24, 2:30 PM",
                "en-GB | Tue 24 Nov, 14:30",
                "en-CA | Tue, Nov 24, 2:30 p.m.",
                "de-DE | Di., 24. Nov., 14:30 Uhr",
            })
    void aTimeIsWrittenInTheClientsLocale(String locale, String written) {
        assertThat(format(locale, CHICAGO).write(chicago("2026-11-24T14:30"))).isEqualTo(written);
    }

    @Test
    void aWrittenTimeKeepsTheLeadingZeroOfItsClock() {
        assertThat(format("de-DE", CHICAGO).write(chicago("2026-11-24T09:00"))).isEqualTo("Di., 24. Nov., 09:00 Uhr");
    }

    @Test
    void timesOfOneDaySayTheDayOnce() {
        var times = List.of(chicago("2026-11-24T16:00"), chicago("2026-11-24T16:30"), chicago("2026-11-25T09:00"));

        assertThat(format("en-US", CHICAGO).sayChoice(times, NOW))
                .isEqualTo("Tuesday at 4:00 PM, 4:30 PM, or Wednesday at 9:00 AM");
        assertThat(format("de-DE", CHICAGO).sayChoice(times, NOW))
                .isEqualTo("Dienstag um 16:00 Uhr, 16:30 Uhr oder Mittwoch um 9:00 Uhr");
        assertThat(format("en-US", CHICAGO).sayChoice(times.subList(0, 1), NOW)).isEqualTo("Tuesday at 4:00 PM");
    }

    @Test
    void todayIsTheDayInTheClientsTimeZone() {
        var lateInChicago = Instant.parse("2026-11-21T04:00:00Z");
        var noonInTokyo = OffsetDateTime.parse("2026-11-21T12:00:00+09:00");

        assertThat(format("en-US", CHICAGO).say(noonInTokyo, lateInChicago)).isEqualTo("today at 9:00 PM");
        assertThat(format("en-US", ZoneId.of("Asia/Tokyo")).say(noonInTokyo, lateInChicago))
                .isEqualTo("today at 12:00 PM");
    }

    /** Also through the hours that a change of the clock skips or repeats. */
    @ParameterizedTest
    @ValueSource(
            strings = {"America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"
            })
    void everyTimeIsSaidAndWrittenWithItsDayAndItsClock(String zoneId) {
        var zone = ZoneId.of(zoneId);
        var random = new Random(20_261_124);
        for (int sample = 0; sample < 2_000; sample++) {
            var time = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(200_000_000) / 900 * 900L);
            ZonedDateTime local = time.atZone(zone);
            var offset = local.toOffsetDateTime();
            for (String locale : List.of("en-US", "en-GB", "de-DE")) {
                var format = format(locale, zone);
                String clock = locale.equals("en-US")
                        ? twelveHours(local)
                        : "%02d:%02d".formatted(local.getHour(), local.getMinute());
                String saidClock = locale.equals("en-US") ? clock : " " + clock.replaceFirst("^0", "");
                String uhr = locale.equals("de-DE") ? " Uhr" : "";

                assertThat(format.say(offset, NOW)).endsWith(saidClock + uhr);
                assertThat(format.write(offset))
                        .endsWith(clock + uhr)
                        .contains(String.valueOf(local.getDayOfMonth()))
                        .matches("[\\x20-\\x7e\\u00e4]+");
            }
        }
    }

    private static String twelveHours(ZonedDateTime local) {
        int hour = local.getHour() % 12 == 0 ? 12 : local.getHour() % 12;
        return " %d:%02d %s".formatted(hour, local.getMinute(), local.getHour() < 12 ? "AM" : "PM");
    }
}
