package dev.patchbay.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls of the sandbox as the list, the counts and the figures show them. */
@PatchbayTest
class CallListTests {

    static JsonNode call(String callId, Predicate<JsonNode> condition) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> TestEnvironment.get("/api/v1/calls/" + callId).body(), condition);
    }

    private static JsonNode withOutcome(String callId, String outcome) {
        return call(callId, body -> body.path("outcome").asString("").equals(outcome));
    }

    private static List<String> listed(String query) {
        var reply = TestEnvironment.get("/api/v1/calls?" + query);
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body()
                .path("items")
                .valueStream()
                .map(item -> item.path("callId").asString())
                .toList();
    }

    @Test
    void aBookedCallIsListedWithItsCallerAndItsAppointment() {
        var caller = PhoneCalls.newCaller();
        String phone = caller.path("from").asString();
        String callId = PhoneCalls.place(caller);
        var run = PhoneCalls.ended(callId);

        var call = call(callId, body -> body.at("/run/status").asString("").equals("completed"));

        assertThat(call.path("outcome").asString()).isEqualTo("booked");
        assertThat(call.path("from").asString()).isEqualTo(phone);
        assertThat(call.at("/caller/name").asString()).startsWith("Ada Caller");
        assertThat(call.at("/caller/contactId").asString())
                .isEqualTo(run.at("/steps/0/output/id").asString());
        assertThat(call.path("seconds").asInt()).isEqualTo(95);
        assertThat(call.at("/booked/start").asString())
                .isEqualTo(run.at("/steps/1/output/start").asString());
        assertThat(call.path("requested").asString())
                .isEqualTo(caller.path("slot").asString());
        assertThat(call.at("/run/id").asString()).isEqualTo(run.path("id").asString());
        assertThat(call.at("/client/timeZone").asString()).contains("/");
        String name = call.at("/caller/name").asString();
        for (String search : List.of(
                callId,
                run.path("id").asString(),
                call.path("correlationId").asString(),
                phone,
                phone.substring(0, 11),
                "%2B" + phone.substring(1),
                phone.substring(2),
                name.replace(" ", "%20"),
                name.substring(4).toUpperCase(Locale.ROOT))) {
            assertThat(listed("q=" + search)).as(search).contains(callId);
        }
        assertThat(listed("q=%2B4930")).doesNotContain(callId);
    }

    @Test
    void aTimeThatIsTakenIsNotBookedAndAsksForACallBackUntilItIsHandled() {
        var first = PhoneCalls.newCaller();
        PhoneCalls.ended(PhoneCalls.place(first));
        var second = PhoneCalls.newCaller().put("slot", first.path("slot").asString());
        String callId = PhoneCalls.place(second);

        var call = withOutcome(callId, "not_booked");

        assertThat(call.path("reason").asString()).isEqualTo("no_slot");
        assertThat(call.path("needsPerson").asBoolean()).isTrue();
        assertThat(listed("outcome=not_booked,undone&reason=no_slot")).contains(callId);
        assertThat(listed("outcome=booked")).doesNotContain(callId);
        assertThat(listed("callBack=true")).contains(callId);
    }

    @Test
    void pagesFollowOneAnotherWithoutGapsOrRepetitions() {
        for (int call = 0; call < 3; call++) {
            PhoneCalls.awaitDispatched(PhoneCalls.place(PhoneCalls.newCaller()));
        }
        var all = listed("limit=100");
        var first = TestEnvironment.get("/api/v1/calls?limit=2").body();
        var second = listed("limit=2&after=" + first.path("next").asString());

        assertThat(all.subList(0, 2)).isEqualTo(listed("limit=2"));
        assertThat(second).isEqualTo(all.subList(2, 2 + second.size()));
    }

    @Test
    void countsAndFiguresAgreeWithTheList() {
        PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        String from = LocalDate.now(ZoneOffset.UTC).minusDays(3).toString();
        String to = LocalDate.now(ZoneOffset.UTC).plusDays(3).toString();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var counts = TestEnvironment.get("/api/v1/calls/counts?from=" + from + "&to=" + to)
                    .body();
            var figures = TestEnvironment.get("/api/v1/insights/outcomes?from=" + from + "&to=" + to + "&by=client")
                    .body();
            assertThat(figures.at("/total/booked").asLong())
                    .isPositive()
                    .isEqualTo(counts.at("/by/booked").asLong());
            assertThat(figures.at("/total/calls").asLong())
                    .isEqualTo(counts.path("by")
                            .valueStream()
                            .mapToLong(JsonNode::asLong)
                            .sum());
        });
    }

    @Test
    void requestsThatCannotBeReadAreRefused() {
        for (String query : List.of(
                "outcome=parked",
                "after=x",
                "after=99999999999999999-call",
                "from=yesterday",
                "from=1999-12-31",
                "q=" + "x".repeat(101))) {
            assertThat(TestEnvironment.get("/api/v1/calls?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(TestEnvironment.get("/api/v1/calls?to=%2B999999999-12-31").status())
                .as("a day beyond those that can be stored")
                .isEqualTo(422);
        assertThat(TestEnvironment.get("/api/v1/calls/call_nowhere").status()).isEqualTo(404);
        for (String query : List.of(
                "from=2026-01-02&to=2026-01-01",
                "from=2024-01-01&to=2026-01-01",
                "from=2026-01-01&to=2026-01-01&by=x")) {
            assertThat(TestEnvironment.get("/api/v1/insights/outcomes?" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
    }
}
