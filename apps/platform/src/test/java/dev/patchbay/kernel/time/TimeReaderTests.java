package dev.patchbay.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Messages;
import dev.patchbay.kernel.time.TimeReading.Day;
import dev.patchbay.kernel.time.TimeReading.Doubled;
import dev.patchbay.kernel.time.TimeReading.Moment;
import dev.patchbay.kernel.time.TimeReading.Skipped;
import dev.patchbay.kernel.time.TimeReading.TimeOfDay;
import dev.patchbay.kernel.time.TimeReading.Unreadable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeReaderTests {

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    /** A Monday, 10:00 in Chicago and 17:00 in Berlin. */
    private static final Instant NOW = Instant.parse("2026-11-30T16:00:00Z");

    private final TimeReader reader = new TimeReader(CHICAGO, Locale.US, NOW);
    private final TimeReader german = new TimeReader(ZoneId.of("Europe/Berlin"), Locale.GERMANY, NOW);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2031-03-03T10:00; 2031-03-03T10:00-06:00",
                "2031-03-03T10:00:00; 2031-03-03T10:00-06:00",
                "2031-03-03 10:00; 2031-03-03T10:00-06:00",
                "2031-03-03T10:00:00.000; 2031-03-03T10:00-06:00",
                "20310303T100000; 2031-03-03T10:00-06:00",
                "2031-03-04 2:30 PM; 2031-03-04T14:30-06:00",
                "2031-03-04 02:30PM; 2031-03-04T14:30-06:00",
                "2031-03-04T2:30 PM; 2031-03-04T14:30-06:00",
                "2031-03-04 at 2:30 p.m.; 2031-03-04T14:30-06:00",
                "2031-03-04, 2pm; 2031-03-04T14:00-06:00",
                "03/04/2031 2:30 PM; 2031-03-04T14:30-06:00",
                "3/4/31 14:30; 2031-03-04T14:30-06:00",
                "13/04/2031 14:30; 2031-04-13T14:30-05:00",
                "04.03.2031 14:30 Uhr; 2031-03-04T14:30-06:00",
                "March 4, 2031 at 2:30 PM; 2031-03-04T14:30-06:00",
                "Tuesday, March 4th, 2031 at 2:30 PM; 2031-03-04T14:30-06:00",
                "Tue Mar 4 2031 14:30; 2031-03-04T14:30-06:00",
                "4 March 2031 14:30; 2031-03-04T14:30-06:00",
                "the 4th of March 2031 at 2 o'clock; 2031-03-04T14:00-06:00",
                "2:30 PM on March 4, 2031; 2031-03-04T14:30-06:00",
                "4 de marzo de 2031 a las 14:30; 2031-03-04T14:30-06:00",
                "4 mars 2031 à 14h30; 2031-03-04T14:30-06:00",
                "4. März 2031 um 14:30 Uhr; 2031-03-04T14:30-06:00",
                "today at 2:30 PM; 2026-11-30T14:30-06:00",
                "tomorrow at 10; 2026-12-01T10:00-06:00",
                "tomorrow at 3; 2026-12-01T15:00-06:00",
                "tomorrow at two thirty; 2026-12-01T14:30-06:00",
                "Tuesday at ten thirty AM; 2026-12-01T10:30-06:00",
                "fourteen thirty tomorrow; 2026-12-01T14:30-06:00",
                "nine oh five tomorrow; 2026-12-01T09:05-06:00",
                "2 thirty PM tomorrow; 2026-12-01T14:30-06:00",
                "quarter to three on Friday; 2026-12-04T14:45-06:00",
                "ten past nine AM tomorrow; 2026-12-01T09:10-06:00",
                "twenty minutes to ten tomorrow; 2026-12-01T09:40-06:00",
                "half ten tomorrow; 2026-12-01T10:30-06:00",
                "two pm on the third of March; 2027-03-03T14:00-06:00",
                "March third, two thousand thirty one at 2 PM; 2031-03-03T14:00-06:00",
                "March third twenty thirty-one at 2 PM; 2031-03-03T14:00-06:00",
                "Tuesday the 8th at 10 AM; 2026-12-08T10:00-06:00",
                "Thursday the tenth at noon; 2026-12-10T12:00-06:00",
                "on the 31st at 4pm; 2026-12-31T16:00-06:00",
                "a week from Tuesday at 10; 2026-12-08T10:00-06:00",
                "2 days from tomorrow at 10; 2026-12-03T10:00-06:00",
                "Tuesday in two weeks at 10 AM; 2026-12-15T10:00-06:00",
                "Tuesday week at 10am; 2026-12-08T10:00-06:00",
                "next week Tuesday at 1 PM; 2026-12-08T13:00-06:00",
                "in a week at 10 AM; 2026-12-07T10:00-06:00",
                "tonight at 7; 2026-11-30T19:00-06:00",
                "this evening at 6:30; 2026-11-30T18:30-06:00",
                "yesterday at 5; 2026-11-29T17:00-06:00",
                "tomorrow 1430; 2026-12-01T14:30-06:00",
                "tomorrow at 0900 hrs; 2026-12-01T09:00-06:00",
                "Dec 1 3p; 2026-12-01T15:00-06:00",
                "Thurs, Sept 2 2027 2 PM; 2027-09-02T14:00-05:00",
                "04-Mar-2031 14:30; 2031-03-04T14:30-06:00",
                "4-Mar-31 2:30 PM; 2031-03-04T14:30-06:00",
                "2031-03-04T14; 2031-03-04T14:00-06:00",
                "2031-03-04T24:00; 2031-03-05T00:00-06:00",
                "20310304 14:30; 2031-03-04T14:30-06:00",
                "mañana a las 10; 2026-12-01T10:00-06:00",
                "tomorrow at noon; 2026-12-01T12:00-06:00",
                "tomorrow morning at 9; 2026-12-01T09:00-06:00",
                "tomorrow at 12 AM; 2026-12-01T00:00-06:00",
                "tomorrow, half past 2; 2026-12-01T14:30-06:00",
                "day after tomorrow 09:00; 2026-12-02T09:00-06:00",
                "Tuesday at 2:30 PM; 2026-12-01T14:30-06:00",
                "Monday at 2:30 PM; 2026-12-07T14:30-06:00",
                "next Tuesday at 10:00; 2026-12-08T10:00-06:00",
                "this Friday 4pm; 2026-12-04T16:00-06:00",
                "Tuesday next week at 10 AM; 2026-12-08T10:00-06:00",
                "March 4 at 2:30 PM; 2027-03-04T14:30-06:00",
                "3/4 2:30 PM; 2027-03-04T14:30-06:00",
                "13/4 2:30 PM; 2027-04-13T14:30-05:00",
                "Feb 29 at 10 AM; 2028-02-29T10:00-06:00",
                "in 2 days at 10 AM; 2026-12-02T10:00-06:00",
                "in 2 weeks at 10 AM; 2026-12-14T10:00-06:00",
                "March 4, 2031 at 2:30 PM Central Time; 2031-03-04T14:30-06:00"
            })
    void readsLocalTimesInTheClientsZone(String written, OffsetDateTime time) {
        assertThat(reader.read(written)).isEqualTo(new Moment(time, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2031-03-04T10:00:00-05:00; 2031-03-04T09:00-06:00",
                "2031-03-04T10:00:00-0500; 2031-03-04T09:00-06:00",
                "2031-03-04T10:00-05; 2031-03-04T09:00-06:00",
                "2031-03-04 10:00:00 -05:00; 2031-03-04T09:00-06:00",
                "2031-03-04T16:00:00.000Z; 2031-03-04T10:00-06:00",
                "20310304T160000Z; 2031-03-04T10:00-06:00",
                "2031-03-04T16:00:00z; 2031-03-04T10:00-06:00",
                "2031-03-04T17:00[Europe/Berlin]; 2031-03-04T10:00-06:00",
                "1930233600; 2031-03-02T10:00-06:00",
                "1930233600000; 2031-03-02T10:00-06:00",
                "Tue, 04 Mar 2031 10:00:00 -0600; 2031-03-04T10:00-06:00",
                "2031-03-04 11:00 America/New_York; 2031-03-04T10:00-06:00",
                "in an hour; 2026-11-30T11:00-06:00",
                "in half an hour; 2026-11-30T10:30-06:00",
                "in einer halben Stunde; 2026-11-30T10:30-06:00",
                "March 4, 2031 at 11 AM EST; 2031-03-04T10:00-06:00",
                "March 4, 2031 at 11 AM Eastern; 2031-03-04T10:00-06:00",
                "March 4, 2031 8 AM Mountain Standard Time; 2031-03-04T09:00-06:00",
                "March 4, 2031 8 AM Pacific; 2031-03-04T10:00-06:00",
                "March 4, 2031 17:00 CET; 2031-03-04T10:00-06:00",
                "March 4, 2031 17:00 UTC+1; 2031-03-04T10:00-06:00",
                "March 4, 2031 10:00 GMT-06:00; 2031-03-04T10:00-06:00",
                "March 4, 2031 16:00 UTC; 2031-03-04T10:00-06:00",
                "in 2 hours; 2026-11-30T12:00-06:00",
                "in 30 minutes; 2026-11-30T10:30-06:00"
            })
    void readsTimesOfOtherZones(String written, OffsetDateTime time) {
        assertThat(reader.read(written)).isEqualTo(new Moment(time, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "04.03.2031 14.30 Uhr; 2031-03-04T14:30+01:00",
                "04/03/2031 14:30; 2031-03-04T14:30+01:00",
                "03/13/2031 14:30; 2031-03-13T14:30+01:00",
                "4/3 14:30; 2027-03-04T14:30+01:00",
                "Dienstag, 4. März 2031 um 14:30 Uhr; 2031-03-04T14:30+01:00",
                "morgen um 15; 2026-12-01T15:00+01:00",
                "morgen um 3; 2026-12-01T15:00+01:00",
                "morgen um 3:00 Uhr; 2026-12-01T03:00+01:00",
                "morgen nachmittag um 3 Uhr; 2026-12-01T15:00+01:00",
                "am Dienstag um 14 Uhr 30; 2026-12-01T14:30+01:00",
                "Do, 4.3. 10 Uhr; 2027-03-04T10:00+01:00",
                "übermorgen halb 3; 2026-12-02T14:30+01:00",
                "morgen Nachmittag um halb drei; 2026-12-01T14:30+01:00",
                "morgen Nachmittag um viertel drei; 2026-12-01T14:15+01:00",
                "morgen Nachmittag um dreiviertel drei; 2026-12-01T14:45+01:00",
                "übermorgen um Viertel nach zehn; 2026-12-02T10:15+01:00",
                "zehn nach neun morgen; 2026-12-01T09:10+01:00",
                "fünf vor zwölf morgen; 2026-12-01T11:55+01:00",
                "Dienstag um vierzehn Uhr dreißig; 2026-12-01T14:30+01:00",
                "am dritten März um einundzwanzig Uhr; 2027-03-03T21:00+01:00",
                "Freitag der 4. um 15 Uhr; 2026-12-04T15:00+01:00",
                "am 15. um 9; 2026-12-15T09:00+01:00",
                "Dienstag in einer Woche um 10 Uhr; 2026-12-08T10:00+01:00",
                "in zwei Wochen um 10 Uhr; 2026-12-14T10:00+01:00",
                "Sonnabend um zehn Uhr; 2026-12-05T10:00+01:00",
                "1. Jänner 2031 10 Uhr; 2031-01-01T10:00+01:00",
                "24. Dezember mittags; 2026-12-24T12:00+01:00",
                "tomorrow at 2:30 PM; 2026-12-01T14:30+01:00"
            })
    void readsGerman(String written, OffsetDateTime time) {
        assertThat(german.read(written)).isEqualTo(new Moment(time, false));
    }

    @ParameterizedTest
    @CsvSource({
        "2031-03-04",
        "03/04/2031",
        "'March 4, 2031'",
        "'Tuesday, March 4, 2031'",
        "2031/3/4",
        "'Tuesday morning, March 4, 2031'"
    })
    void aDayWithoutATimeIsADay(String written) {
        assertThat(reader.read(written)).isEqualTo(new Day(LocalDate.parse("2031-03-04")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "es-ES; mañana a las diez de la mañana; 2026-12-01T10:00",
                "es-ES; 4 de marzo a las dos y media de la tarde; 2027-03-04T14:30",
                "es-MX; mañana a las tres menos cuarto de la tarde; 2026-12-01T14:45",
                "es-ES; dentro de dos días a las 10; 2026-12-02T10:00",
                "es-ES; el 15 a las cuatro y cuarto de la tarde; 2026-12-15T16:15",
                "fr-FR; après-demain à quinze heures; 2026-12-02T15:00",
                "fr-FR; le mardi 8 décembre à dix heures et demie; 2026-12-08T10:30",
                "fr-FR; dans deux jours à vingt et une heures; 2026-12-02T21:00",
                "it-IT; domani alle dieci e mezza; 2026-12-01T10:30",
                "nl-NL; morgen om half elf; 2026-12-01T10:30",
                "pt-BR; amanhã às nove e meia; 2026-12-01T09:30"
            })
    void numbersAreReadInTheClientsLanguage(String locale, String written, String local) {
        var abroad = new TimeReader(ZoneId.of("Europe/Berlin"), Locale.forLanguageTag(locale), NOW);

        assertThat(abroad.read(written))
                .isInstanceOfSatisfying(
                        Moment.class,
                        moment -> assertThat(moment.time().toLocalDateTime()).isEqualTo(local));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "next week; 2026-12-07T00:00-06:00; 2026-12-14T00:00-06:00",
                "early next week; 2026-12-07T00:00-06:00; 2026-12-14T00:00-06:00",
                "this week; 2026-11-30T00:00-06:00; 2026-12-07T00:00-06:00",
                "this weekend; 2026-12-05T00:00-06:00; 2026-12-07T00:00-06:00",
                "next weekend; 2026-12-12T00:00-06:00; 2026-12-14T00:00-06:00",
                "tomorrow; 2026-12-01T00:00-06:00; 2026-12-02T00:00-06:00",
                "tomorrow morning; 2026-12-01T00:00-06:00; 2026-12-01T12:00-06:00",
                "Tuesday afternoon; 2026-12-01T12:00-06:00; 2026-12-02T00:00-06:00",
                "this month; 2026-11-30T00:00-06:00; 2026-12-01T00:00-06:00",
                "next month; 2026-12-01T00:00-06:00; 2027-01-01T00:00-06:00",
                "in March; 2027-03-01T00:00-06:00; 2027-04-01T00:00-05:00",
                "sometime in March; 2027-03-01T00:00-06:00; 2027-04-01T00:00-05:00",
                "March 2031; 2031-03-01T00:00-06:00; 2031-04-01T00:00-05:00",
                "2031-03; 2031-03-01T00:00-06:00; 2031-04-01T00:00-05:00",
                "2031-03-04; 2031-03-04T00:00-06:00; 2031-03-05T00:00-06:00"
            })
    void stretchesOfTimeAreRead(String written, String from, String until) {
        assertThat(reader.readRange(written))
                .contains(new TimeRange(OffsetDateTime.parse(from), OffsetDateTime.parse(until)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow at 3", "in 2 hours", "2031-02-30", "after the holidays", "in"})
    void aMomentIsNoStretchOfTime(String written) {
        assertThat(reader.readRange(written)).isEmpty();
        assertThat(reader.readRange(written + " ".repeat(200))).isEmpty();
        assertThat(reader.isAnyTime(written + " ".repeat(200))).isFalse();
    }

    @Test
    void openTimesAreKnown() {
        assertThat(reader.isAnyTime("As soon as possible!")).isTrue();
        assertThat(german.isAnyTime("so schnell wie möglich")).isTrue();
        assertThat(german.readRange("nächste Woche").map(TimeRange::from))
                .contains(OffsetDateTime.parse("2026-12-07T00:00+01:00"));
        assertThat(reader.isAnyTime("tomorrow")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2:30 PM", "14:30", "14:30:00", "2.30 pm", "at 2:30 p.m.", "half past 2"})
    void aTimeWithoutADayIsATimeOfDay(String written) {
        assertThat(reader.read(written)).isEqualTo(new TimeOfDay(LocalTime.of(14, 30)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "N/A",
                "not Tuesday at 10",
                "before 3 PM tomorrow",
                "Wednesday, March 4, 2031 at 2:30 PM",
                "tomorrow, March 4",
                "2031-02-30T10:00",
                "February 30 at 10",
                "03.13.2031 10:00",
                "13/13/2031 10:00",
                "tomorrow at 25:00",
                "Tuesday 10:00 or 11:00",
                "2031-03-04T10:00+99:00",
                "2031-03-04T10:00[Nowhere/Land]",
                "as soon as possible",
                "12345",
                "next week",
                "in 2 hours or so",
                "in 2 days or so",
                "tomorrow 2 to 4 PM",
                "tomorrow between two and four",
                "first thing tomorrow",
                "Wednesday the 8th at 10",
                "the 32nd at 10",
                "tomorrow 2031"
            })
    void doubtfulTextsAreNotGuessed(String written) {
        assertThat(reader.read(written)).isEqualTo(new Unreadable(written));
    }

    @Test
    void longTextsAreNotSearched() {
        assertThat(reader.read("tomorrow at 10" + " ".repeat(200))).isInstanceOf(Unreadable.class);
    }

    @Test
    void timesThatTheClocksSkipOrShowTwiceAreSaid() {
        assertThat(reader.read("2031-03-09T02:30")).isEqualTo(new Skipped(LocalDateTime.parse("2031-03-09T02:30")));
        assertThat(reader.read("2031-11-02 01:30"))
                .isEqualTo(new Doubled(
                        OffsetDateTime.parse("2031-11-02T01:30-05:00"),
                        OffsetDateTime.parse("2031-11-02T01:30-06:00")));
    }

    @Test
    void readsDayAndTimeThatWereWrittenApart() {
        var expected = new Moment(OffsetDateTime.parse("2031-03-04T14:30-06:00"), false);

        assertThat(reader.read("2031-03-04", "2:30 PM")).isEqualTo(expected);
        assertThat(reader.read("March 4, 2031", "14:30")).isEqualTo(expected);
        assertThat(reader.read("2031-03-04", "2031-03-04T14:30")).isEqualTo(expected);
        assertThat(reader.read("", "2031-03-04T14:30")).isEqualTo(expected);
        assertThat(reader.read("2031-03-04T14:30", "")).isEqualTo(expected);
        assertThat(reader.read("2031-03-04T00:00:00", "14:30")).isEqualTo(expected);
        assertThat(reader.read("", "14:30")).isInstanceOf(TimeOfDay.class);
        assertThat(reader.read("", "soon")).isInstanceOf(Unreadable.class);
        assertThat(reader.read("someday", "14:30")).isInstanceOf(Unreadable.class);
        assertThat(reader.read("2031-03-04", "soon")).isInstanceOf(Unreadable.class);
        assertThat(reader.read("2031-03-05", "2031-03-04T14:30")).isInstanceOf(Unreadable.class);
        assertThat(reader.read("2031-03-09", "02:30")).isInstanceOf(Skipped.class);
        assertThat(reader.read("2031-03-09T02:30", "03:30")).isInstanceOf(Moment.class);
        assertThat(reader.read("2031-11-02T01:30", "03:30")).isInstanceOf(Moment.class);
    }

    @Test
    void aRangeOfDaysIncludesItsLastDay() {
        assertThat(reader.readFrom("2031-03-05")).contains(OffsetDateTime.parse("2031-03-05T00:00-06:00"));
        assertThat(reader.readUntil("2031-03-05")).contains(OffsetDateTime.parse("2031-03-06T00:00-06:00"));
        assertThat(reader.readUntil("2031-03-05 12:00")).contains(OffsetDateTime.parse("2031-03-05T12:00-06:00"));
        assertThat(reader.readFrom("2031-03-09 02:30")).contains(OffsetDateTime.parse("2031-03-09T03:30-05:00"));
        assertThat(reader.readFrom("2031-11-02 01:30")).contains(OffsetDateTime.parse("2031-11-02T01:30-05:00"));
        assertThat(reader.readUntil("2031-11-02 01:30")).contains(OffsetDateTime.parse("2031-11-02T01:30-06:00"));
        assertThat(reader.readUntil("14:30")).isEmpty();
        assertThat(reader.readFrom("soon")).isEmpty();
    }

    @Test
    void readsJsonNumbers() {
        assertThat(reader.read(Json.tree(1930233600L))).isInstanceOf(Moment.class);
        assertThat(reader.read(Json.tree("tomorrow at noon"))).isInstanceOf(Moment.class);
        assertThat(reader.read(Json.object())).isInstanceOf(Unreadable.class);
    }

    /** Every day of a year, and every quarter of an hour, in the words of several countries. */
    @ParameterizedTest
    @ValueSource(
            strings = {"en-US", "en-GB", "en-CA", "en-AU", "de-DE", "de-AT", "de-CH", "fr-FR", "es-MX", "nl-NL", "ja-JP"
            })
    void readsWhatWeSay(String tag) {
        var locale = Locale.forLanguageTag(tag);
        var format = new AppointmentTimeFormat(Messages.in(locale), CHICAGO);
        var said = new TimeReader(CHICAGO, locale, NOW);
        var today = NOW.atZone(CHICAGO).toLocalDate();
        for (int i = 0; i < 360; i++) {
            LocalTime clock = LocalTime.of(i % 24, i / 24 % 4 * 15);
            OffsetDateTime time =
                    today.plusDays(i).atTime(clock).atZone(CHICAGO).toOffsetDateTime();
            for (String text : List.of(format.say(time, NOW), format.write(time))) {
                assertThat(said.readFrom(text)).as(text).contains(time);
            }
        }
    }
}
