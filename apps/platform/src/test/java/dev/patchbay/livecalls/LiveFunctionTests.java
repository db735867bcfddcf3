package dev.patchbay.livecalls;

import static dev.patchbay.livecalls.LiveCallFixture.NORTHSIDE;
import static dev.patchbay.livecalls.LiveCallFixture.askIn;
import static dev.patchbay.livecalls.LiveCallFixture.at;
import static dev.patchbay.livecalls.LiveCallFixture.fault;
import static dev.patchbay.livecalls.LiveCallFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The functions that an agent calls, sent as Retell sends them. */
@PatchbayTest
class LiveFunctionTests {

    private final LiveCallFixture fixture = LiveCallFixture.begin();
    private final String call = fixture.call();
    private final LocalDateTime monday = fixture.monday();

    @Test
    void freeTimesAreOfferedInTheClientsTimeZone() {
        JsonNode answer = fixture.ask(
                "calendar.findSlots",
                Json.object()
                        .put("from", monday.toLocalDate().toString())
                        .put("to", monday.toLocalDate().plusDays(1).toString())
                        .put("minutes", 60));

        assertThat(outcome(answer)).isEqualTo("done");
        assertThat(answer.path("say").asString()).startsWith("I have Monday, ").contains("at 9:00 AM, ", ", or ");
        assertThat(answer.at("/result/slots")).hasSizeLessThanOrEqualTo(10);
        assertThat(answer.at("/result/slots/0/start").asString()).startsWith(monday.toLocalDate() + "T09:00-0");
    }

    @Test
    void withoutArgumentsTheNextWeekIsSearched() {
        assertThat(fixture.ask("calendar.findSlots", Json.object()).at("/result/slots"))
                .isNotEmpty();
    }

    @Test
    void aDayOffHasNothingFree() {
        JsonNode answer = fixture.ask(
                "calendar.findSlots",
                Json.object()
                        .put("from", monday.toLocalDate().minusDays(1).toString())
                        .put("to", monday.toLocalDate().minusDays(1).toString()));

        assertThat(answer.path("say").asString()).startsWith("I don't have anything open then.");
    }

    @Test
    void oneFreeTimeIsOfferedAlone() {
        JsonNode answer = fixture.ask(
                "calendar.findSlots",
                Json.object()
                        .put("from", monday.toString())
                        .put("to", monday.plusMinutes(30).toString()));

        assertThat(answer.path("say").asString()).doesNotContain(" or ").contains("at 10:00 AM. Does that work");
    }

    @Test
    void aFailingCalendarGetsAPendingReply() {
        fault("events.list", "500", 1, 0);

        JsonNode answer = fixture.ask("calendar.findSlots", Json.object());

        assertThat(outcome(answer)).isEqualTo("pending");
        assertThat(answer.path("say").asString()).contains("Would you like me to try again?");
    }

    @Test
    void twoIdenticalBookingsAtOnceCreateOneEvent() throws Exception {
        try (var pair = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = pair.submit(() -> fixture.ask("calendar.book", at(monday)));
            var second =
                    pair.submit(() -> fixture.ask("calendar.book", at(monday).put("title", "another title")));

            assertThat(outcome(first.get())).isEqualTo("done");
            assertThat(outcome(second.get())).isEqualTo("done");
            assertThat(first.get().at("/result/id")).isEqualTo(second.get().at("/result/id"));
        }
        assertThat(fixture.events()).hasSize(1);
        assertThat(fixture.ask("calendar.book", at(monday)).path("say").asString())
                .startsWith("You're booked for Monday, ")
                .endsWith(" at 10:00 AM.");
        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void aLostResponseIsLookedUpAndCreatesNoSecondEvent() {
        fault("events.insert", "lost_response", 1, 0);

        fixture.ask("calendar.book", at(monday));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> outcome(fixture.ask("calendar.book", at(monday))).equals("done"));
        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void aHoldBecomesTheBooking() {
        JsonNode held = fixture.ask("calendar.hold", at(monday).put("minutes", 45));
        assertThat(held.path("say").asString()).startsWith("I'm holding Monday, ");
        assertThat(fixture.events().getFirst().path("status").asString()).isEqualTo("tentative");

        JsonNode booked = fixture.ask("calendar.book", at(monday));

        assertThat(outcome(booked)).isEqualTo("done");
        assertThat(booked.at("/result/id")).isEqualTo(held.at("/result/id"));
        assertThat(fixture.events()).hasSize(1);
        assertThat(fixture.events().getFirst().path("status").asString()).isEqualTo("confirmed");
        assertThat(fixture.ask("calendar.book", at(monday)).at("/result/id")).isEqualTo(held.at("/result/id"));
    }

    @Test
    void argumentsThatTheDatabaseCannotStoreGetAReply() {
        assertThat(outcome(fixture.ask("calendar.book", at(monday).put("title", "a\u0000b"))))
                .isEqualTo("done");
        assertThat(outcome(fixture.ask("calendar.findSlots", Json.object().put("note", "a\u0000b"))))
                .isEqualTo("done");
    }

    @Test
    void aBookingOfAnotherLengthTakesTheHoldOver() {
        JsonNode held = fixture.ask("calendar.hold", at(monday).put("minutes", 45));

        JsonNode longer = fixture.ask("calendar.book", at(monday).put("minutes", 60));

        assertThat(outcome(longer)).isEqualTo("done");
        assertThat(longer.at("/result/id")).isEqualTo(held.at("/result/id"));
        assertThat(fixture.events()).hasSize(1);
    }

    @Test
    void aLongTitleIsCutAndAnInvalidLengthGetsTheDefault() {
        JsonNode answer =
                fixture.ask("calendar.book", at(monday).put("minutes", 5_000).put("title", "x".repeat(2_000)));

        assertThat(answer.at("/result/end").asString()).contains("T10:30");
        assertThat(fixture.events().getFirst().path("summary").asString()).hasSize(1_000);
    }

    @Test
    void aTakenTimeGetsAlternatives() {
        fixture.ask("calendar.book", at(monday));

        JsonNode answer = askIn("call_other" + call, "calendar.book", at(monday));

        assertThat(outcome(answer)).isEqualTo("taken");
        assertThat(answer.path("say").asString())
                .startsWith("I'm sorry, Monday, ")
                .contains("I can offer Monday, ");
        assertThat(answer.at("/result/slots")).isNotEmpty();
    }

    @Test
    void aPastTimeGetsAlternativesFromNowOn() {
        JsonNode answer = fixture.ask("calendar.book", Json.object().put("start", "2020-01-06T10:00"));

        assertThat(outcome(answer)).isEqualTo("taken");
        assertThat(answer.at("/result/slots/0/start").asString()).isGreaterThan("2026");
    }

    @Test
    void aTakenTimeWithoutAlternativesGetsAReply() {
        fault("events.list", "slow", 1, 0);
        fixture.ask("calendar.book", at(monday));
        var friday = monday.plusDays(4).with(LocalTime.of(20, 0));
        fixture.ask("calendar.book", at(friday));

        JsonNode answer = askIn("call_other" + call, "calendar.book", at(friday).put("minutes", 600));

        assertThat(answer.path("say").asString()).contains("Would another day work?");
    }

    @Test
    void aSlowBookingIsPendingAndSettledLater() {
        fault("events.list", "slow", 2, 1_450);

        JsonNode pending = fixture.ask("calendar.book", at(monday));

        assertThat(outcome(pending)).isEqualTo("pending");
        assertThat(pending.path("say").asString())
                .contains("the calendar hasn't confirmed it yet. Shall I check again?")
                .doesNotContain("text");
        await().atMost(Duration.ofSeconds(30)).until(() -> fixture.outcomes().contains("done"));
        assertThat(outcome(fixture.ask("calendar.book", at(monday)))).isEqualTo("done");
        assertThat(fixture.events()).hasSize(1);
        assertThat(fixture.outcomes()).containsExactly("pending", "done", "done");
    }

    @Test
    void aCalendarThatStaysDownFailsTheBookingWhichMayBeRepeated() {
        fault("events.list", "500", 3, 0);

        assertThat(fixture.ask("calendar.book", at(monday)).path("say").asString())
                .contains("May I take a message?");
        assertThat(outcome(fixture.ask("calendar.book", at(monday)))).isEqualTo("done");
    }

    @Test
    void missingTimesAndUnknownFunctionsGetAReply() {
        assertThat(outcome(fixture.ask("calendar.book", Json.object()))).isEqualTo("unclear");
        assertThat(outcome(fixture.ask("calendar.book", Json.object().put("start", "2030-05-06"))))
                .isEqualTo("unclear");
        assertThat(outcome(fixture.ask("calendar.hold", Json.object().put("start", "at 10:30 or so"))))
                .isEqualTo("unclear");
        assertThat(outcome(fixture.ask("crm.deleteEverybody", Json.object()))).isEqualTo("failed");
        var nobodys = LiveCallClient.asking(call, "agent_nobodys", "+14155550701", "+13125550199", Json.object());
        assertThat(outcome(LiveCallClient.ask("calendar.findSlots", nobodys).body()))
                .isEqualTo("failed");
    }

    @Test
    void functionCallsAreListedByTheCallsCorrelationId() {
        String from = "+14155550703";
        JsonNode rung = LiveCallClient.ring(LiveCallClient.ringing("agent_northside", from, NORTHSIDE))
                .body();
        String correlation =
                rung.at("/call_inbound/metadata/patchbay_correlation").asString();
        var body = LiveCallClient.asking(
                call, "agent_northside", from, NORTHSIDE, at(monday).put("contact", from));
        body.withObject("call").set("metadata", rung.at("/call_inbound/metadata"));
        LiveCallClient.ask("calendar.book", body);
        LiveCallClient.ask("calendar.findSlots", body);

        JsonNode listed = TestEnvironment.get("/api/v1/live-calls?correlationId=" + correlation)
                .body()
                .path("items");

        assertThat(listed).hasSize(2);
        assertThat(listed.path(0).path("callId").asString()).isEqualTo(call);
        assertThat(listed.path(0).path("outcome").asString()).isEqualTo("done");
        assertThat(listed.path(0).at("/input/contact").asString()).isEqualTo("[phone …03]");
        assertThat(TestEnvironment.get("/api/v1/live-calls?limit=1&callId=" + call)
                        .body()
                        .path("next")
                        .asString())
                .isNotEmpty();
        JsonNode next = LiveCallClient.ring(LiveCallClient.ringing("agent_northside", from, NORTHSIDE))
                .body();
        assertThat(next.at("/call_inbound/dynamic_variables/last_appointment").asString())
                .contains(", 10:00 AM");
    }

    @Test
    void anOutboundCallBelongsToTheNumberItWasMadeFrom() {
        var body = LiveCallClient.asking(call, "agent_nobodys", NORTHSIDE, "+14155550704", Json.object());
        body.withObject("call").put("direction", "outbound");
        body.put("args", "none");

        assertThat(outcome(LiveCallClient.ask("calendar.findSlots", body).body()))
                .isEqualTo("done");
    }

    @Test
    void aRequestThatIsForgedOrWithoutItsCallIsRefused() {
        String body = Json.write(Json.object().set("args", Json.object()));
        var address = LiveCallClient.functionUrl("calendar.book");

        assertThat(TestEnvironment.send(LiveCallClient.signed(address, body, Duration.ofMinutes(6)))
                        .status())
                .isEqualTo(401);
        var callLess = TestEnvironment.send(LiveCallClient.signed(address, body, Duration.ZERO));
        assertThat(callLess.status()).isEqualTo(400);
        assertThat(callLess.body().path("detail").asString()).contains("args only");
    }

    @Test
    void theSandboxPlacesACallWithFunctions() {
        var request = Json.object()
                .put("from", "+14155550705")
                .put("to", NORTHSIDE)
                .put("agentId", "agent_northside")
                .put("inbound", true)
                .put("wantsAppointment", false);
        request.putArray("functions").addObject().put("name", "calendar.hold").set("args", at(monday));
        request.withArray("functions").addObject().put("name", "calendar.book").set("args", at(monday));

        JsonNode placed = TestEnvironment.sandbox("calls", request);

        assertThat(placed.at("/inbound/status").asInt()).isEqualTo(200);
        assertThat(placed.at("/functions/0/body/outcome").asString()).isEqualTo("done");
        assertThat(placed.at("/functions/1/body/say").asString()).startsWith("You're booked");
        assertThat(placed.at("/functions/1/milliseconds").isNumber()).isTrue();
        assertThat(StreamSupport.stream(
                                TestEnvironment.held().at("/google/events").spliterator(), false)
                        .filter(event ->
                                Json.write(event).contains(placed.path("callId").asString())))
                .hasSize(1);
    }
}
