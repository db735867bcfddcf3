package dev.patchbay.effects.internal.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarBindingRuleTests {

    private static List<String> problems(String settings) {
        return new CalendarBindingRule().findProblems(Json.read(settings));
    }

    private static List<String> problemsOfFriday(String periods) {
        return problems("{\"hours\": {\"week\": {\"FRIDAY\": " + periods + "}}}");
    }

    @Test
    void aWeekExcludesEachMemberOfTheShortForm() {
        String refusal = "/hours: give either week, or days with from and to";
        assertThat(problems("{\"hours\": {\"week\": {}, \"days\": [\"FRIDAY\"]}}"))
                .contains(refusal);
        assertThat(problems("{\"hours\": {\"week\": {}, \"from\": \"09:00\"}}")).contains(refusal);
        assertThat(problems("{\"hours\": {\"week\": {}, \"to\": \"09:00\"}}")).contains(refusal);
        assertThat(problems("{\"hours\": {\"week\": {}}}")).doesNotContain(refusal);
    }

    @Test
    void aPeriodIsNeitherEmptyNorBegunAtItsDaysEnd() {
        String refusal = "/hours/week/FRIDAY: a period ends after it begins; a whole day is 00:00 to 24:00";
        assertThat(problemsOfFriday("[{\"from\": \"09:00\", \"to\": \"09:00\"}]"))
                .contains(refusal);
        assertThat(problemsOfFriday("[{\"from\": \"24:00\", \"to\": \"02:00\"}]"))
                .contains(refusal);
        assertThat(problemsOfFriday("[{\"from\": \"00:00\", \"to\": \"24:00\"}]"))
                .isEmpty();
    }

    @Test
    void onlyTheLastPeriodOfADayMayPassMidnight() {
        String refusal = "/hours/week/FRIDAY: two periods overlap";
        assertThat(problemsOfFriday(
                        "[{\"from\": \"09:00\", \"to\": \"02:00\"}, {\"from\": \"10:00\", \"to\": \"11:00\"}]"))
                .contains(refusal);
        assertThat(problemsOfFriday(
                        "[{\"from\": \"09:00\", \"to\": \"10:30\"}, {\"from\": \"10:00\", \"to\": \"11:00\"}]"))
                .contains(refusal);
        assertThat(problemsOfFriday(
                        "[{\"from\": \"22:00\", \"to\": \"02:00\"}, {\"from\": \"10:00\", \"to\": \"11:00\"}]"))
                .isEmpty();
    }

    @Test
    void aPeriodWithoutAnEndIsComparedWithNoOther() {
        assertThat(problems("{\"hours\": {\"from\": \"09:00\"}}")).contains("/hours: from and to belong together");
    }

    @Test
    void closedDaysExistAndEndAfterTheyBegin() {
        assertThat(problems("{\"closed\": [\"2026-02-30\"]}")).containsExactly("/closed/0: there is no such day");
        assertThat(problems("{\"closed\": [{\"from\": \"2026-12-30\", \"to\": \"2026-12-28\"}]}"))
                .containsExactly("/closed/0: it ends before it begins");
        assertThat(problems("{\"closed\": [\"2026-12-25\"]}")).isEmpty();
    }
}
