package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.iam.Client;
import dev.patchbay.iam.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.LiveLine;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.World;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent asks for during a call, asked as Retell asks. */
@PatchbayTest
class LiveFunctionTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final String NORTHSIDE = "+13125550142";
    private static final AtomicInteger WEEKS = new AtomicInteger(20);

    @Autowired
    private Clients clients;

    @Autowired
    private Connections connections;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final String call = "call_" + UUID.randomUUID().toString().replace("-", "");
    private final LocalDateTime monday = mondayAtTen();

    @Test
    void freeTimesAreSaidInTheClientsTimeZone() {
        JsonNode answer = ask(
                "calendar.findSlots",
                Json.object()
                        .put("from", monday.toLocalDate().toString())
                        .put("to", monday.toLocalDate().plusDays(1).toString())
                        .put("minutes", 60));

        assertThat(outcome(answer)).isEqualTo("done");
        assertThat(answer.path("say").asString()).startsWith("I have Monday ").contains("at 09:00", " or ");
        assertThat(answer.at("/result/slots")).hasSizeLessThanOrEqualTo(10);
        assertThat(answer.at("/result/slots/0/start").asString()).startsWith(monday.toLocalDate() + "T09:00-0");
    }

    @Test
    void withoutArgumentsTheNextWeekIsSearched() {
        assertThat(ask("calendar.findSlots", Json.object()).at("/result/slots")).isNotEmpty();
    }

    @Test
    void aDayOffHasNothingFree() {
        JsonNode answer = ask(
                "calendar.findSlots",
                Json.object()
                        .put("from", monday.toLocalDate().minusDays(1).toString())
                        .put("to", monday.toLocalDate().toString()));

        assertThat(answer.path("say").asString()).startsWith("I have nothing free then.");
    }

    @Test
    void oneFreeTimeIsSaidAlone() {
        JsonNode answer = ask(
                "calendar.findSlots",
                Json.object()
                        .put("from", monday.toString())
                        .put("to", monday.plusMinutes(30).toString()));

        assertThat(answer.path("say").asString()).doesNotContain(" or ").contains("at 10:00.");
    }

    @Test
    void aCalendarThatDoesNotAnswerBecomesASentence() {
        fault("freebusy.query", "500", 1, 0);

        JsonNode answer = ask("calendar.findSlots", Json.object());

        assertThat(outcome(answer)).isEqualTo("pending");
        assertThat(answer.path("say").asString()).contains("Shall I try once more?");
    }

    @Test
    void twoIdenticalBookingsAtOnceMakeOneEvent() throws Exception {
        try (var pair = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = pair.submit(() -> ask("calendar.book", at(monday)));
            var second = pair.submit(() -> ask("calendar.book", at(monday).put("title", "said otherwise")));

            assertThat(outcome(first.get())).isEqualTo("done");
            assertThat(outcome(second.get())).isEqualTo("done");
            assertThat(first.get().at("/result/id")).isEqualTo(second.get().at("/result/id"));
        }
        assertThat(events()).hasSize(1);
        assertThat(ask("calendar.book", at(monday)).path("say").asString())
                .startsWith("You are booked for Monday ")
                .endsWith("at 10:00.");
        assertThat(events()).hasSize(1);
    }

    @Test
    void aLostAnswerIsLookedUpAndMakesNoSecondEvent() {
        fault("events.insert", "lost_response", 1, 0);

        ask("calendar.book", at(monday));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> outcome(ask("calendar.book", at(monday))).equals("done"));
        assertThat(events()).hasSize(1);
    }

    @Test
    void aHoldBecomesTheBooking() {
        JsonNode held = ask("calendar.hold", at(monday).put("minutes", 45));
        assertThat(held.path("say").asString()).startsWith("I am holding Monday ");
        assertThat(events().getFirst().path("status").asString()).isEqualTo("tentative");

        JsonNode booked = ask("calendar.book", at(monday));

        assertThat(outcome(booked)).isEqualTo("done");
        assertThat(booked.at("/result/id")).isEqualTo(held.at("/result/id"));
        assertThat(events()).hasSize(1);
        assertThat(events().getFirst().path("status").asString()).isEqualTo("confirmed");
        assertThat(ask("calendar.book", at(monday)).at("/result/id")).isEqualTo(held.at("/result/id"));
    }

    @Test
    void aHoldThatNobodyBooksIsReleased() {
        ask("calendar.hold", at(monday));
        tenancy.inTenant(
                TENANT, () -> jdbc.sql("""
                        UPDATE patchbay.calendar_hold SET hold_until = clock_timestamp() - interval '1 second'
                        WHERE tenant_id = 'tnt_demo' AND origin = :origin""").param("origin", "live:" + call).update());

        await().atMost(Duration.ofSeconds(30))
                .until(() -> events().getFirst().path("status").asString().equals("cancelled"));
        await().atMost(Duration.ofSeconds(30)).until(() -> holdState().equals("released"));
        assertThat(outcome(ask("calendar.book", at(monday)))).isEqualTo("done");
    }

    @Test
    void aTakenTimeIsAnsweredWithOthers() {
        ask("calendar.book", at(monday));

        JsonNode answer = askIn("call_other" + call, "calendar.book", at(monday));

        assertThat(outcome(answer)).isEqualTo("taken");
        assertThat(answer.path("say").asString())
                .startsWith("Unfortunately Monday ")
                .contains("I could offer Monday");
        assertThat(answer.at("/result/slots")).isNotEmpty();
    }

    @Test
    void aPastTimeIsAnsweredWithOthersFromNowOn() {
        JsonNode answer = ask("calendar.book", Json.object().put("start", "2020-01-06T10:00"));

        assertThat(outcome(answer)).isEqualTo("taken");
        assertThat(answer.at("/result/slots/0/start").asString()).isGreaterThan("2026");
    }

    @Test
    void aTakenTimeWithoutOthersStillHasASentence() {
        fault("freebusy.query", "slow", 1, 0);
        ask("calendar.book", at(monday));
        var friday = monday.plusDays(4).with(LocalTime.of(20, 0));
        ask("calendar.book", at(friday));

        JsonNode answer = askIn("call_other" + call, "calendar.book", at(friday).put("minutes", 600));

        assertThat(answer.path("say").asString()).contains("Shall I look at another day?");
    }

    @Test
    void whatTakesTooLongIsPromisedAndSettledLater() {
        fault("freebusy.query", "slow", 2, 1_450);

        JsonNode promised = ask("calendar.book", at(monday));

        assertThat(outcome(promised)).isEqualTo("pending");
        assertThat(promised.path("say").asString()).contains("we will confirm it to you");
        await().atMost(Duration.ofSeconds(30)).until(() -> trace().contains("done"));
        assertThat(outcome(ask("calendar.book", at(monday)))).isEqualTo("done");
        assertThat(events()).hasSize(1);
        assertThat(trace()).containsExactly("pending", "done", "done");
    }

    @Test
    void aCalendarThatStaysDownIsAdmittedAndMayBeAskedAgain() {
        fault("freebusy.query", "500", 3, 0);

        assertThat(ask("calendar.book", at(monday)).path("say").asString()).contains("May I take a message instead?");
        assertThat(outcome(ask("calendar.book", at(monday)))).isEqualTo("done");
    }

    @Test
    void anActThatNobodyFinishedIsFinishedByASweeper() {
        String input = Json.write(Json.object()
                .put("contact", "c1")
                .put("start", monday.atZone(CHICAGO).toOffsetDateTime().toString())
                .put("minutes", 30));
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
                        VALUES ('tnt_demo', :origin, 'left', 'cli_northside', 'calendar.book', :input::jsonb, 'cor_left', 'open',
                                clock_timestamp())""")
                        .param("origin", "live:" + call)
                        .param("input", input)
                        .update());

        await().atMost(Duration.ofSeconds(30)).until(() -> trace().contains("done"));

        assertThat(events()).hasSize(1);
    }

    @Test
    void anActThatCannotBeFinishedIsGivenUp() {
        tenancy.inTenant(
                TENANT, () -> jdbc.sql("""
                        INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at, tries)
                        VALUES ('tnt_demo', :origin, 'hopeless', 'cli_northside', 'calendar.book', '{}', 'cor_left', 'open',
                                clock_timestamp(), 20)""").param("origin", "live:" + call).update());

        await().atMost(Duration.ofSeconds(30)).until(() -> actState().equals("settled"));
    }

    @Test
    void whatIsNotSaidOrNotKnownBecomesASentence() {
        assertThat(outcome(ask("calendar.book", Json.object()))).isEqualTo("unclear");
        assertThat(outcome(ask("calendar.book", Json.object().put("start", "2030-05-06"))))
                .isEqualTo("unclear");
        assertThat(outcome(ask("calendar.hold", Json.object().put("start", "at 10:30 or so"))))
                .isEqualTo("unclear");
        assertThat(outcome(ask("crm.deleteEverybody", Json.object()))).isEqualTo("failed");
        var nobodys = LiveLine.asking(call, "agent_nobodys", "+14155550701", "+13125550199", Json.object());
        assertThat(outcome(LiveLine.ask("calendar.findSlots", nobodys).body())).isEqualTo("failed");
    }

    @Test
    void aClientWithoutACalendarTakesAMessage() {
        var id = new ClientId("cli_bare");
        clients.put(TENANT, new Client(id, "Bare", CHICAGO, Json.object()));
        connections.route(TENANT, "con_retell", "agent", "agent_bare", id);
        var body = LiveLine.asking(call, "agent_bare", "+14155550702", "+13125550198", Json.object());

        assertThat(LiveLine.ask("calendar.findSlots", body).body().path("say").asString())
                .contains("May I take a message instead?");
    }

    @Test
    void everythingAnAgentAskedCanBeReadUnderTheCallsCorrelationId() {
        String from = "+14155550703";
        JsonNode rung = LiveLine.ring(LiveLine.ringing("agent_northside", from, NORTHSIDE))
                .body();
        String correlation =
                rung.at("/call_inbound/metadata/patchbay_correlation").asString();
        var body = LiveLine.asking(
                call, "agent_northside", from, NORTHSIDE, at(monday).put("contact", from));
        body.withObject("call").set("metadata", rung.at("/call_inbound/metadata"));
        LiveLine.ask("calendar.book", body);
        ask("calendar.findSlots", Json.object());

        JsonNode listed = World.get("/api/v1/live-calls?correlationId=" + correlation)
                .body()
                .path("items");

        assertThat(listed).hasSize(2);
        assertThat(listed.path(0).path("callId").asString()).isEqualTo(call);
        assertThat(listed.path(0).path("outcome").asString()).isEqualTo("done");
        assertThat(listed.path(0).at("/input/contact").asString()).isEqualTo("[phone …03]");
        assertThat(World.get("/api/v1/live-calls?limit=1&callId=" + call)
                        .body()
                        .path("next")
                        .asString())
                .isNotEmpty();
        JsonNode next = LiveLine.ring(LiveLine.ringing("agent_northside", from, NORTHSIDE))
                .body();
        assertThat(next.at("/call_inbound/dynamic_variables/last_appointment").asString())
                .contains(", 10:00");
    }

    @Test
    void anOutboundCallIsFoundByTheNumberItWasMadeFrom() {
        var body = LiveLine.asking(call, "agent_nobodys", NORTHSIDE, "+14155550704", Json.object());
        body.withObject("call").put("direction", "outbound");
        body.put("args", "none");

        assertThat(outcome(LiveLine.ask("calendar.findSlots", body).body())).isEqualTo("done");
    }

    @Test
    void aForgedOrCallLessQuestionIsRefused() {
        String body = Json.write(Json.object().set("args", Json.object()));
        var address = LiveLine.functionUrl("calendar.book");

        assertThat(World.send(LiveLine.signed(address, body, Duration.ofMinutes(6)))
                        .status())
                .isEqualTo(401);
        var callLess = World.send(LiveLine.signed(address, body, Duration.ZERO));
        assertThat(callLess.status()).isEqualTo(400);
        assertThat(callLess.body().path("detail").asString()).contains("args only");
    }

    @Test
    void theSandboxPlacesSuchACall() {
        var wanted = Json.object()
                .put("from", "+14155550705")
                .put("to", NORTHSIDE)
                .put("agentId", "agent_northside")
                .put("inbound", true)
                .put("wantsAppointment", false);
        wanted.putArray("functions").addObject().put("name", "calendar.hold").set("args", at(monday));
        wanted.withArray("functions").addObject().put("name", "calendar.book").set("args", at(monday));

        JsonNode placed = World.sandbox("calls", wanted);

        assertThat(placed.at("/inbound/status").asInt()).isEqualTo(200);
        assertThat(placed.at("/functions/0/body/outcome").asString()).isEqualTo("done");
        assertThat(placed.at("/functions/1/body/say").asString()).startsWith("You are booked");
        assertThat(placed.at("/functions/1/milliseconds").isNumber()).isTrue();
        assertThat(StreamSupport.stream(World.held().at("/google/events").spliterator(), false)
                        .filter(event ->
                                Json.write(event).contains(placed.path("callId").asString())))
                .hasSize(1);
    }

    private JsonNode ask(String function, JsonNode arguments) {
        return askIn(call, function, arguments);
    }

    private static JsonNode askIn(String callId, String function, JsonNode arguments) {
        var reply = LiveLine.ask(
                function, LiveLine.asking(callId, "agent_northside", "+14155550700", NORTHSIDE, arguments));
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body();
    }

    private static String outcome(JsonNode answer) {
        return answer.path("outcome").asString();
    }

    private static ObjectNode at(LocalDateTime start) {
        return Json.object().put("start", start.toString());
    }

    private static LocalDateTime mondayAtTen() {
        return ZonedDateTime.now(CHICAGO)
                .plusWeeks(WEEKS.getAndIncrement())
                .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .toLocalDate()
                .atTime(10, 0);
    }

    /** This call's events in the calendar. */
    private java.util.List<JsonNode> events() {
        return StreamSupport.stream(World.held().at("/google/events").spliterator(), false)
                .filter(event -> Json.write(event).contains("live:" + call))
                .toList();
    }

    private java.util.List<String> trace() {
        return StreamSupport.stream(
                        World.get("/api/v1/live-calls?callId=" + call)
                                .body()
                                .path("items")
                                .spliterator(),
                        false)
                .map(line -> line.path("outcome").asString())
                .toList();
    }

    private String holdState() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "SELECT state FROM patchbay.calendar_hold WHERE tenant_id = 'tnt_demo' AND origin = :origin")
                        .param("origin", "live:" + call)
                        .query(String.class)
                        .single());
    }

    private String actState() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("SELECT state FROM patchbay.live_act WHERE tenant_id = 'tnt_demo' AND origin = :origin")
                        .param("origin", "live:" + call)
                        .query(String.class)
                        .single());
    }

    private static void fault(String operation, String fault, int times, int delayMs) {
        World.sandbox(
                "faults",
                Json.object()
                        .put("provider", "google")
                        .put("operation", operation)
                        .put("fault", fault)
                        .put("times", times)
                        .put("delayMs", delayMs));
    }
}
