package dev.patchbay.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.time.TimeReading.Moment;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and ranges as people say them on the phone and agents write them down. */
class SpokenTimeTests {

    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** A Monday, 10:00 in Chicago and 17:00 in Berlin. */
    private static final Instant NOW = Instant.parse("2026-11-30T16:00:00Z");

    private static final Instant FRIDAY = Instant.parse("2026-12-04T16:00:00Z");

    private static void assertLocal(TimeReader reader, String written, String local) {
        assertThat(reader.read(written))
                .as(written)
                .isInstanceOfSatisfying(
                        Moment.class,
                        moment -> assertThat(moment.time().toLocalDateTime()).isEqualTo(local));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tomorrow at 12 noon; 2026-12-01T12:00",
                "12 noon tomorrow; 2026-12-01T12:00",
                "tomorrow, 12:00 noon; 2026-12-01T12:00",
                "midday on Thursday; 2026-12-03T12:00",
                "12 midnight on Friday; 2026-12-04T00:00",
                "3 in the afternoon tomorrow; 2026-12-01T15:00",
                "ten in the morning on Tuesday; 2026-12-01T10:00",
                "two-thirty PM tomorrow; 2026-12-01T14:30",
                "ten-forty-five tomorrow morning; 2026-12-01T10:45",
                "quarter till three tomorrow; 2026-12-01T14:45",
                "tomorrow @ 2pm; 2026-12-01T14:00",
                "three days from now at 9am; 2026-12-03T09:00",
                "Tuesday of next week at 9am; 2026-12-08T09:00",
                "the following Tuesday at 9am; 2026-12-01T09:00",
                "2031-03-03T17:00 (Europe/Berlin); 2031-03-03T10:00",
                "later today at 3 PM; 2026-11-30T15:00",
                "tmrw at 2pm; 2026-12-01T14:00",
                "tomorrow 2pm ET; 2026-12-01T13:00",
                "Tuesday the week after next at 9am; 2026-12-15T09:00",
                "Mon Mar 03 2031 10:00:00 GMT-0600 (Central Standard Time); 2031-03-03T10:00",
                "Mon Mar 03 2031 17:00:00 GMT+0100 (Central European Standard Time); 2031-03-03T10:00",
                "3/3/2031, 10:00:00 AM; 2031-03-03T10:00",
                "2031-03-03 16:00:00+00; 2031-03-03T10:00",
                "2031-03-03 16:00:00 +0000 UTC; 2031-03-03T10:00",
                "2031-03-03 10:00:00 -0600 CST; 2031-03-03T10:00"
            })
    void aCallerInChicagoIsUnderstood(String written, String local) {
        assertLocal(new TimeReader(CHICAGO, Locale.US, NOW), written, local);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "morgen Mittag um 12; 2026-12-01T12:00",
                "um 12 Uhr mittags am Donnerstag; 2026-12-03T12:00",
                "ein Uhr mittags morgen; 2026-12-01T13:00",
                "Freitagnachmittag um drei; 2026-12-04T15:00",
                "Dienstagvormittag um 10 Uhr; 2026-12-01T10:00",
                "Freitagmorgen um neun; 2026-12-04T09:00",
                "Mittwochabend um halb sieben; 2026-12-02T18:30",
                "heute Morgen um neun; 2026-11-30T09:00",
                "am Donnerstag Morgen um 9 Uhr; 2026-12-03T09:00",
                "morgen um halb drei; 2026-12-01T14:30",
                "fünf nach halb drei morgen; 2026-12-01T14:35",
                "fünf vor halb drei morgen; 2026-12-01T14:25",
                "morgen um drei; 2026-12-01T15:00",
                "15 Uhr 30 am 4. Dezember; 2026-12-04T15:30",
                "um drei am Dienstag; 2026-12-01T15:00",
                "am vierten zwölften um drei; 2026-12-04T15:00",
                "am 4. 12. 2026 um 15 Uhr; 2026-12-04T15:00",
                "Mittwoch nächster Woche um 10; 2026-12-09T10:00",
                "übernächsten Montag um 9; 2026-12-14T09:00"
            })
    void aCallerInBerlinIsUnderstood(String written, String local) {
        assertLocal(new TimeReader(BERLIN, Locale.GERMANY, NOW), written, local);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "this Friday at 3 PM; 2026-12-04T15:00",
                "Friday at 3 PM; 2026-12-11T15:00",
                "next Friday at 3 PM; 2026-12-11T15:00",
                "this coming Friday at 3 PM; 2026-12-11T15:00"
            })
    void onAFridayOnlyThisFridayIsToday(String written, String local) {
        assertLocal(new TimeReader(CHICAGO, Locale.US, FRIDAY), written, local);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tomorrow between 2 and 4 PM; 2026-12-01T14:00; 2026-12-01T16:00",
                "between 9 and 11 AM on Thursday; 2026-12-03T09:00; 2026-12-03T11:00",
                "tomorrow from 9 to 12; 2026-12-01T09:00; 2026-12-01T12:00",
                "Tuesday 8-10 pm; 2026-12-01T20:00; 2026-12-01T22:00",
                "Tuesday 10am - 2pm; 2026-12-01T10:00; 2026-12-01T14:00",
                "Tuesday after 3pm; 2026-12-01T15:00; 2026-12-02T00:00",
                "before noon on Friday; 2026-12-04T00:00; 2026-12-04T12:00",
                "Wednesday to Friday; 2026-12-02T00:00; 2026-12-05T00:00",
                "2031-03-03/2031-03-05; 2031-03-03T00:00; 2031-03-06T00:00",
                "12/7 - 12/9; 2026-12-07T00:00; 2026-12-10T00:00",
                "this weekend; 2026-12-05T00:00; 2026-12-07T00:00",
                "the next few days; 2026-11-30T00:00; 2026-12-08T00:00",
                "in the next two weeks; 2026-11-30T00:00; 2026-12-15T00:00",
                "within the next 3 days; 2026-11-30T00:00; 2026-12-04T00:00",
                "the coming weeks; 2026-11-30T00:00; 2026-12-29T00:00",
                "the week after next; 2026-12-14T00:00; 2026-12-21T00:00",
                "the end of next week; 2026-12-07T00:00; 2026-12-14T00:00",
                "mid-March; 2027-03-01T00:00; 2027-04-01T00:00",
                "any day next week; 2026-12-07T00:00; 2026-12-14T00:00"
            })
    void rangesMayNameTheirEnds(String written, String from, String until) {
        var reader = new TimeReader(CHICAGO, Locale.US, NOW);
        assertThat(reader.readRange(written)).hasValueSatisfying(range -> {
            assertThat(range.from().toLocalDateTime()).isEqualTo(from);
            assertThat(range.until().toLocalDateTime()).isEqualTo(until);
        });
        assertThat(reader.readFrom(written).map(time -> time.toLocalDateTime().toString()))
                .contains(from);
        assertThat(reader.readUntil(written).map(time -> time.toLocalDateTime().toString()))
                .contains(until);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "morgen zwischen 14 und 16 Uhr; 2026-12-01T14:00; 2026-12-01T16:00",
                "Dienstag nach 17 Uhr; 2026-12-01T17:00; 2026-12-02T00:00",
                "morgen von 9 bis 12; 2026-12-01T09:00; 2026-12-01T12:00",
                "Montag bis Mittwoch; 2026-12-07T00:00; 2026-12-10T00:00",
                "Anfang nächster Woche; 2026-12-07T00:00; 2026-12-14T00:00",
                "in den nächsten Tagen; 2026-11-30T00:00; 2026-12-08T00:00",
                "Dienstagnachmittag; 2026-12-01T12:00; 2026-12-02T00:00"
            })
    void rangesAreReadInGerman(String written, String from, String until) {
        assertThat(new TimeReader(BERLIN, Locale.GERMANY, NOW).readRange(written))
                .hasValueSatisfying(range -> {
                    assertThat(range.from().toLocalDateTime()).isEqualTo(from);
                    assertThat(range.until().toLocalDateTime()).isEqualTo(until);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "between two and four",
        "Tuesday and Thursday",
        "tomorrow from 4 to 2 PM",
        "after lunch",
        "before the holidays",
        "2 to 4 people tomorrow",
        "by Friday"
    })
    void aRangeWithoutADayOrAnEndIsNone(String written) {
        assertThat(new TimeReader(CHICAGO, Locale.US, NOW).readRange(written)).isEmpty();
    }
}
