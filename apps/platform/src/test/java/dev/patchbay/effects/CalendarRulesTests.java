package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.CalendarRules.Violation;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import dev.patchbay.kernel.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarRulesTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-10-01T08:00:00Z");

    private static CalendarRules rules(String binding) {
        return CalendarRules.parse(Json.read(binding));
    }

    private static List<String> starts(String binding, String from, String to, int minutes) {
        var rules = rules(binding);
        return rules
                .narrow(new SlotSearch(OffsetDateTime.parse(from), OffsetDateTime.parse(to), minutes), BERLIN, NOW)
                .map(search -> rules.findOpenings(search, BERLIN, slot -> true))
                .orElse(List.of())
                .stream()
                .map(Slot::start)
                .map(OffsetDateTime::toString)
                .toList();
    }

    private static java.util.Optional<Violation> violation(String binding, String start, int minutes) {
        var begin = OffsetDateTime.parse(start);
        return rules(binding).findViolation(new Slot(begin, begin.plusMinutes(minutes)), BERLIN, NOW);
    }

    @Test
    void keepsTheClientsHoursOverAChangeOfClocks() {
        String saturdays = "{\"hours\":{\"days\":[\"SATURDAY\",\"SUNDAY\"],\"from\":\"09:00\",\"to\":\"10:00\"}}";
        assertThat(starts(saturdays, "2026-10-24T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 60))
                .containsExactly("2026-10-24T09:00+02:00", "2026-10-25T09:00+01:00");
    }

    @Test
    void offersNothingThatReachesBeyondTheSearchOrTheHours() {
        assertThat(starts("{}", "2026-11-24T15:45:00+01:00", "2026-11-24T23:00:00+01:00", 45))
                .containsExactly("2026-11-24T16:00+01:00");
        assertThat(starts("{}", "2026-11-24T09:00:00+01:00", "2026-11-24T09:59:00+01:00", 30))
                .containsExactly("2026-11-24T09:00+01:00");
    }

    @Test
    void offersAtMostTwoHundred() {
        assertThat(starts("{}", "2026-11-01T00:00:00+01:00", "2026-12-24T00:00:00+01:00", 30))
                .hasSize(200);
    }

    @Test
    void aDayMayHaveSeveralSpansAndAnotherDayOthers() {
        String lunch = """
                {"slotInterval": 60, "hours": {"week": {
                  "TUESDAY": [{"from": "13:00", "to": "15:00"}, {"from": "09:00", "to": "11:00"}],
                  "WEDNESDAY": [{"from": "12:00", "to": "13:00"}]}}}""";
        assertThat(starts(lunch, "2026-11-24T00:00:00+01:00", "2026-11-27T00:00:00+01:00", 60))
                .containsExactly(
                        "2026-11-24T09:00+01:00",
                        "2026-11-24T10:00+01:00",
                        "2026-11-24T13:00+01:00",
                        "2026-11-24T14:00+01:00",
                        "2026-11-25T12:00+01:00");
        assertThat(violation(lunch, "2026-11-24T10:30:00+01:00", 60)).contains(Violation.CLOSED);
        assertThat(violation(lunch, "2026-11-26T10:00:00+01:00", 30)).contains(Violation.CLOSED);
    }

    @Test
    void aSpanMayPassMidnight() {
        String bar = """
                {"slotInterval": 60, "hours": {"week": {"FRIDAY": [{"from": "22:00", "to": "02:00"}]}}}""";
        assertThat(starts(bar, "2026-11-28T00:00:00+01:00", "2026-11-28T12:00:00+01:00", 60))
                .containsExactly("2026-11-28T00:00+01:00", "2026-11-28T01:00+01:00");
        assertThat(violation(bar, "2026-11-27T23:30:00+01:00", 60)).isEmpty();
        assertThat(violation(bar, "2026-11-28T01:30:00+01:00", 60)).contains(Violation.CLOSED);
    }

    @Test
    void spansThatTouchAreOne() {
        String always = """
                {"hours": {"week": {"FRIDAY": [{"from": "12:00", "to": "24:00"}, {"from": "09:00", "to": "12:00"}],
                  "SATURDAY": [{"from": "00:00", "to": "10:00"}]}}}""";
        assertThat(violation(always, "2026-11-27T11:30:00+01:00", 60)).isEmpty();
        assertThat(violation(always, "2026-11-27T23:30:00+01:00", 60)).isEmpty();
        String overlapping = """
                {"hours": {"week": {"FRIDAY": [{"from": "09:00", "to": "17:00"}, {"from": "10:00", "to": "12:00"}]}}}""";
        assertThat(violation(overlapping, "2026-11-27T16:00:00+01:00", 60)).isEmpty();
    }

    @Test
    void closedDaysAndOtherHoursOfADateReplaceTheWeekdays() {
        String holidays = """
                {"slotInterval": 240, "closed": ["2026-12-25", {"from": "2026-12-28", "to": "2026-12-30"}],
                 "hours": {"from": "09:00", "to": "17:00", "dates": {"2026-12-24": [{"from": "09:00", "to": "12:00"}]}}}""";
        assertThat(starts(holidays, "2026-12-23T00:00:00+01:00", "2026-12-31T23:00:00+01:00", 60))
                .containsExactly(
                        "2026-12-23T09:00+01:00",
                        "2026-12-23T13:00+01:00",
                        "2026-12-24T09:00+01:00",
                        "2026-12-31T09:00+01:00",
                        "2026-12-31T13:00+01:00");
        assertThat(violation(holidays, "2026-12-29T10:00:00+01:00", 30)).contains(Violation.CLOSED);
    }

    @Test
    void theRulesOfTimeAreAppliedInOrder() {
        String rules = "{\"leastNotice\": 120, \"furthestDay\": 30}";
        assertThat(violation(rules, "2025-10-01T10:00:00+02:00", 30)).contains(Violation.PAST);
        assertThat(violation(rules, "2026-10-01T11:30:00+02:00", 30)).contains(Violation.TOO_SOON);
        assertThat(violation(rules, "2026-10-01T12:00:00+02:00", 30)).isEmpty();
        assertThat(violation(rules, "2026-10-30T12:00:00+01:00", 30)).isEmpty();
        assertThat(violation(rules, "2026-11-02T12:00:00+01:00", 30)).contains(Violation.TOO_FAR);
        assertThat(violation("{}", "2126-10-01T10:00:00+02:00", 30)).contains(Violation.TOO_FAR);
        assertThat(Violation.TOO_FAR.words()).startsWith("is further away");

        assertThat(starts(rules, "2026-09-01T00:00:00+02:00", "2026-10-01T14:00:00+02:00", 60))
                .containsExactly("2026-10-01T12:00+02:00", "2026-10-01T12:30+02:00", "2026-10-01T13:00+02:00");
        assertThat(starts(rules, "2026-10-30T16:00:00+01:00", "2027-10-30T00:00:00+02:00", 60))
                .containsExactly("2026-10-30T16:00+01:00");
        assertThat(starts(rules, "2027-01-01T00:00:00+01:00", "2027-02-01T00:00:00+01:00", 60))
                .isEmpty();
    }

    @Test
    void buffersBlockTimeAroundAnAppointment() {
        var start = OffsetDateTime.parse("2026-11-24T10:00:00+01:00");
        assertThat(rules("{\"bufferBefore\": 10, \"bufferAfter\": 5}").withBuffers(new Slot(start, start.plusHours(1))))
                .isEqualTo(new Slot(start.minusMinutes(10), start.plusMinutes(65)));
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> rules("{\"hours\":{\"days\":[\"Monday\"]}}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rules("{\"hours\":{\"from\":\"9:00\"}}")).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> rules("{\"closed\":[{\"from\":\"2026-12-28\",\"to\":\"2026-12-01\"}]}"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
