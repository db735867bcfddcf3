package dev.patchbay.livecalls;

import static dev.patchbay.livecalls.LiveCallFixture.at;
import static dev.patchbay.livecalls.LiveCallFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Callers look up, move and cancel their appointments, those of this call and of earlier ones, and nobody else's. */
@PatchbayTest
class AppointmentChangeTests {

    private final LiveCallFixture fixture = LiveCallFixture.begin();
    private final LocalDateTime monday = fixture.monday();
    private final String phone = "+1415557" + String.format("%04d", Math.floorMod(System.nanoTime() / 1000, 10_000));

    /** A function of a call from this test's number. */
    private JsonNode ask(String call, String function, JsonNode arguments) {
        return LiveCallClient.ask(
                        function,
                        LiveCallClient.asking(call, "agent_northside", phone, LiveCallFixture.NORTHSIDE, arguments))
                .body();
    }

    private JsonNode ask(String function, JsonNode arguments) {
        return ask(fixture.call(), function, arguments);
    }

    private List<String> statuses() {
        return fixture.events().stream()
                .map(event -> event.path("status").asString())
                .toList();
    }

    @Test
    void aCallerWhoChangesTheirMindKeepsOneAppointment() {
        ask("calendar.book", at(monday));
        JsonNode moved = ask(
                "calendar.move",
                Json.object().put("newStart", monday.plusHours(2).toString()));
        assertThat(outcome(moved)).isEqualTo("done");
        assertThat(moved.path("say").asString())
                .startsWith("I've moved your appointment to Monday, ")
                .endsWith("12:00 PM.");
        assertThat(fixture.events()).hasSize(1);

        JsonNode cancelled = ask("calendar.cancel", Json.object());
        assertThat(cancelled.path("say").asString()).startsWith("I've canceled your appointment: Monday, ");
        assertThat(statuses()).containsExactly("cancelled");

        assertThat(outcome(ask("calendar.book", at(monday)))).as("a new wish").isEqualTo("done");
        assertThat(statuses()).containsExactlyInAnyOrder("cancelled", "confirmed");
    }

    @Test
    void aLaterCallFindsTheAppointmentByItsNumber() {
        ask("calendar.book", at(monday));
        String later = "call_later" + fixture.call();

        JsonNode found = ask(later, "calendar.find", Json.object());
        assertThat(found.path("say").asString())
                .startsWith("I have you down for Monday, ")
                .endsWith("10:00 AM.");
        assertThat(found.at("/result/appointments")).hasSize(1);
        assertThat(outcome(ask(later, "calendar.cancel", Json.object().put("start", monday.toString()))))
                .isEqualTo("done");
        assertThat(ask(later, "calendar.find", Json.object()).path("say").asString())
                .isEqualTo("I can't find an upcoming appointment for you.");
    }

    @Test
    void theAppointmentOfAnotherCallerIsOutOfReach() {
        String id = ask("calendar.book", at(monday)).at("/result/id").asString();
        JsonNode refused = LiveCallFixture.askIn(
                "call_stranger" + fixture.call(),
                "calendar.cancel",
                Json.object().put("id", id));
        assertThat(refused.path("say").asString()).contains("can't find");
        assertThat(statuses()).containsExactly("confirmed");
    }

    @Test
    void theAgentAsksWhichOfSeveralAppointmentsIsMeant() {
        ask("calendar.book", at(monday));
        ask("calendar.book", at(monday.plusHours(1)));

        JsonNode which = ask("calendar.cancel", Json.object());
        assertThat(outcome(which)).isEqualTo("unclear");
        assertThat(which.path("say").asString()).contains(" and ").endsWith("Which one do you mean?");
        assertThat(outcome(ask(
                        "calendar.move",
                        Json.object()
                                .put("start", monday.toString())
                                .put("newStart", monday.plusHours(3).toString()))))
                .isEqualTo("done");
        assertThat(outcome(ask(
                        "calendar.move",
                        Json.object()
                                .put("start", monday.plusHours(1).toString())
                                .put("newStart", monday.plusHours(3).toString()))))
                .isEqualTo("taken");
        assertThat(outcome(ask("calendar.move", Json.object()))).isEqualTo("unclear");
    }

    @Test
    void aHoldIsReleasedOrBecomesTheBooking() {
        ask("calendar.hold", at(monday));
        assertThat(ask("calendar.release", Json.object()).path("say").asString())
                .startsWith("I'm no longer holding Monday, ");
        assertThat(statuses()).containsExactly("cancelled");
        assertThat(outcome(ask("calendar.release", Json.object()))).isEqualTo("done");

        ask("calendar.book", at(monday));
        assertThat(ask("calendar.hold", at(monday)).path("say").asString()).startsWith("You're booked for Monday, ");
    }

    @Test
    void theBusinessSeesWhoCalledAboutWhat() {
        ask(
                "calendar.book",
                at(monday)
                        .put("name", "Ada Lovelace")
                        .put("service", "Cleaning")
                        .put("email", "ada@example.com"));
        JsonNode event = fixture.events().getFirst();
        assertThat(event.path("summary").asString()).isEqualTo("Cleaning: Ada Lovelace");
        assertThat(event.path("description").asString())
                .contains("Phone: " + phone, "E-mail: ada@example.com", "/calls/" + fixture.call());
    }

    @Test
    void refusedTimesAreExplained() {
        assertThat(ask("calendar.book", at(monday.minusDays(1))).path("say").asString())
                .startsWith("I'm sorry, we're closed at that time: Sunday, ")
                .contains("I can offer Monday");
        assertThat(ask("calendar.book", Json.object().put("start", "2020-01-06T10:00"))
                        .path("say")
                        .asString())
                .startsWith("I'm sorry, Monday, January 6, 2020 at 10:00 AM is in the past.");
        assertThat(ask("calendar.book", Json.object().put("start", "2126-01-06T10:00"))
                        .path("say")
                        .asString())
                .contains("2126", "too far ahead")
                .endsWith("Would another day work?");
        assertThat(ask("calendar.book", Json.object().put("start", "2031-03-09T02:30"))
                        .path("say")
                        .asString())
                .contains("2:30 AM doesn't exist");
        assertThat(ask("calendar.book", Json.object().put("start", "2031-11-02T01:30"))
                        .path("say")
                        .asString())
                .contains("comes twice");
    }

    @Test
    void anUnknownFunctionIsToldToTheOperator() {
        JsonNode answer = ask("calendar.bok", at(monday));
        assertThat(outcome(answer)).isEqualTo("failed");
        assertThat(answer.path("say").asString()).contains("can't do that myself");
        assertThat(answer.at("/result/problem").asString()).contains("calendar.bok", "calendar.book");
    }

    @Test
    void aChatAgentIsAnswered() {
        var body = Json.object().put("name", "book");
        body.putObject("chat").put("chat_id", "chat_" + fixture.call()).put("agent_id", "agent_northside");
        body.put("args", Json.write(at(monday)));
        assertThat(outcome(LiveCallClient.ask("calendar.book", body).body())).isEqualTo("done");
    }

    @Test
    void aCalendarThatDoesNotAnswerIsSaid() {
        LiveCallFixture.fault("events.list", "500", 1, 0);
        assertThat(outcome(ask("calendar.find", Json.object()))).isEqualTo("pending");
        assertThat(outcome(ask("calendar.find", Json.object()))).isEqualTo("done");
    }
}
