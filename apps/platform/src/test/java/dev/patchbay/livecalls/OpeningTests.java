package dev.patchbay.livecalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.Test;

/** Operators see what would be offered, and settings that make no sense are refused. */
@PatchbayTest
class OpeningTests {

    private static final String NORTHSIDE = "/api/v1/clients/cli_northside/openings";

    @Test
    void showsWhatWouldBeOffered() {
        var openings = TestEnvironment.get(NORTHSIDE + "?from=2032-03-01&to=2032-03-01&minutes=60")
                .body();
        assertThat(openings.path("zone").asString()).isEqualTo("America/Chicago");
        assertThat(openings.path("openings")).hasSize(15);
        assertThat(openings.at("/openings/0/start").asString()).isEqualTo("2032-03-01T09:00:00-06:00");
        assertThat(TestEnvironment.get(NORTHSIDE + "?from=2032-03-01&to=2032-06-30")
                        .body()
                        .path("openings"))
                .as("a long range")
                .hasSize(200);
        assertThat(TestEnvironment.get(NORTHSIDE).status()).isEqualTo(200);
    }

    @Test
    void refusesParametersThatMakeNoSense() {
        assertThat(TestEnvironment.get(NORTHSIDE + "?from=whenever").status()).isEqualTo(400);
        assertThat(TestEnvironment.get(NORTHSIDE + "?from=2032-03-02&to=2032-03-01")
                        .status())
                .isEqualTo(400);
        assertThat(TestEnvironment.get(NORTHSIDE + "?minutes=0").status()).isEqualTo(400);
        assertThat(TestEnvironment.get(NORTHSIDE + "?minutes=1441").status()).isEqualTo(400);
        assertThat(TestEnvironment.get("/api/v1/clients/cli_nobody/openings").status())
                .isEqualTo(404);
        assertThat(TestEnvironment.get("/api/v1/clients/no%20id/openings").status())
                .isEqualTo(404);
    }

    private static String bind(String rules) {
        var settings = Json.object().put("calendarId", "harbor@group.calendar.google.com");
        settings.setAll((tools.jackson.databind.node.ObjectNode) Json.read(rules));
        var reply = TestEnvironment.put(
                "/api/v1/bindings/calendar?clientId=cli_harbor",
                Json.object().put("connectionId", "con_google").set("settings", settings));
        return reply.status() + " " + reply.body();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThat(bind("{\"hours\":{\"days\":[\"Monday\"],\"from\":\"9:00\",\"to\":\"5 PM\"}}"))
                .startsWith("422")
                .contains("settings/hours/days/0", "settings/hours/from", "settings/hours/to");
        assertThat(bind("{\"breaks\":[]}")).startsWith("422");
        assertThat(bind("{\"hours\":{\"from\":\"09:00\",\"to\":\"09:00\"}}"))
                .startsWith("422")
                .contains("settings/hours");
        assertThat(bind("{\"hours\":{\"from\":\"09:00\"}}")).startsWith("422").contains("belong together");
        assertThat(bind("{\"hours\":{\"days\":[\"MONDAY\"],\"week\":{\"MONDAY\":[]}}}"))
                .startsWith("422")
                .contains("either week");
        assertThat(bind("""
                {"hours":{"week":{"MONDAY":[{"from":"09:00","to":"12:00"},{"from":"11:00","to":"17:00"}]}}}""")).startsWith("422").contains("settings/hours/week/MONDAY: two periods overlap");
        assertThat(bind("{\"closed\":[\"2026-02-30\",{\"from\":\"2026-12-28\",\"to\":\"2026-12-01\"}]}"))
                .startsWith("422")
                .contains("settings/closed/0: there is no such day", "settings/closed/1: it ends before");
        assertThat(bind("{\"hours\":{\"dates\":{\"2026-02-30\":[]}}}"))
                .startsWith("422")
                .contains("no such day");
        assertThat(bind("{\"bufferAfter\":15,\"closed\":[\"2026-12-25\"]}")).startsWith("200");
        assertThat(bind("{}")).startsWith("200");
    }

    @Test
    void saysThatTheCalendarDoesNotAnswer() {
        LiveCallFixture.fault("events.list", "500", 1, 0);
        assertThat(TestEnvironment.get(NORTHSIDE).status()).isEqualTo(502);
    }
}
