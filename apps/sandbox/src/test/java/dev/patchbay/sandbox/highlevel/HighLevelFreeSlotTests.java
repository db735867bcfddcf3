package dev.patchbay.sandbox.highlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The free slots and blocked times of a calendar, and the appointments of a contact. */
class HighLevelFreeSlotTests {

    private static final String DAY = "2031-03-03";

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> book(String calendar, String status, String from, String members) {
        return sandbox.highLevel(
                "POST",
                "/calendars/events/appointments",
                "{\"locationId\": \"loc-1\", \"calendarId\": \"" + calendar + "\", \"contactId\": \"c-1\","
                        + " \"appointmentStatus\": \"" + status + "\", \"startTime\": \"" + from + "\"" + members
                        + "}");
    }

    private static String at(String time) {
        return DAY + "T" + time + ":00-05:00";
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(at(time)).toInstant().toEpochMilli();
    }

    private HttpResponse<String> slots(String query) {
        return sandbox.highLevel("GET", "/calendars/cal-1/free-slots?" + query, "");
    }

    private List<String> free() {
        String query = "startDate=" + millis("07:00") + "&endDate=" + millis("22:00") + "&timezone=America/New_York";
        return SandboxFixture.json(slots(query))
                .path(DAY)
                .path("slots")
                .valueStream()
                .map(JsonNode::asString)
                .map(start -> start.substring(11, 16))
                .toList();
    }

    @Test
    void aTakenOrBlockedTimeIsNotFree() {
        assertThat(free()).hasSize(24).startsWith("08:00").endsWith("19:30");

        book("cal-1", "confirmed", at("10:00"), "");
        book("cal-1", "blocked", at("12:00"), ", \"endTime\": \"" + at("13:00") + "\"");
        book("cal-1", "cancelled", at("15:00"), "");
        book("cal-2", "confirmed", at("16:00"), "");

        assertThat(free()).hasSize(21).doesNotContain("10:00", "12:00", "12:30").contains("15:00", "16:00");
    }

    @Test
    void aDayWithoutFreeSlotsIsLeftOut() {
        book("cal-1", "blocked", at("00:00"), ", \"endTime\": \"" + at("23:59") + "\"");

        assertThat(SandboxFixture.json(slots("startDate=" + millis("07:00") + "&endDate=" + millis("22:00")))
                        .has(DAY))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "startDate=0&endDate=2678400001, 400",
        "startDate=0&endDate=2678400000, 200",
        "startDate=0&endDate=1&timezone=Mars/Base, 400",
        "startDate=soon&endDate=1, 422"
    })
    void aRangeOfMoreThan31DaysAndWhatIsNoTimeAreRefused(String query, int status) {
        assertThat(slots(query).statusCode()).isEqualTo(status);
    }

    @Test
    void blockedTimesAndAppointmentsOfContactsAreListed() {
        book("cal-1", "blocked", at("12:00"), ", \"endTime\": \"" + at("13:00") + "\"");
        book("cal-1", "confirmed", at("14:00"), "");
        String range = "?locationId=loc-1&calendarId=cal-1&startTime=%d&endTime=%d";

        assertThat(events("/calendars/blocked-slots" + range.formatted(millis("12:30"), millis("18:00"))))
                .hasSize(1);
        assertThat(events("/calendars/blocked-slots" + range.formatted(millis("08:00"), millis("09:00"))))
                .isEmpty();
        assertThat(events("/calendars/blocked-slots" + range.formatted(millis("15:00"), millis("18:00"))))
                .isEmpty();
        assertThat(events("/calendars/blocked-slots"
                        + range.replace("cal-1", "cal-2").formatted(millis("12:30"), millis("18:00"))))
                .isEmpty();
        assertThat(events("/calendars/events" + range.formatted(millis("08:00"), millis("18:00"))))
                .hasSize(1);
        assertThat(events("/contacts/c-1/appointments")).hasSize(2);
        assertThat(events("/contacts/c-2/appointments")).isEmpty();
    }

    private JsonNode events(String path) {
        return SandboxFixture.json(sandbox.highLevel("GET", path, "")).path("events");
    }

    @Test
    void aStartThatIsTakenIsRefusedUnlessTheRequestIgnoresFreeSlots() {
        JsonNode first = SandboxFixture.json(book("cal-1", "confirmed", at("10:00"), ""));

        assertThat(book("cal-1", "confirmed", at("10:00"), "").statusCode()).isEqualTo(400);
        assertThat(book("cal-2", "confirmed", at("10:00"), "").statusCode()).isEqualTo(201);
        assertThat(book("cal-1", "confirmed", at("10:30"), "").statusCode()).isEqualTo(201);
        assertThat(book("cal-1", "confirmed", at("10:00"), ", \"ignoreFreeSlotValidation\": true")
                        .statusCode())
                .isEqualTo(201);
        String id = Json.text(first, "id");
        sandbox.highLevel("PUT", "/calendars/events/appointments/" + id, "{\"appointmentStatus\": \"cancelled\"}");
        assertThat(sandbox.highLevel("PUT", "/calendars/events/appointments/" + id, "{\"startTime\": \"at ten\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(book("cal-3", "cancelled", at("10:00"), "").statusCode()).isEqualTo(201);
        assertThat(book("cal-3", "confirmed", at("10:00"), "").statusCode()).isEqualTo(201);
    }
}
