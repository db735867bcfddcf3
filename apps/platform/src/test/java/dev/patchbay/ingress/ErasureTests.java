package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An erasure deletes one person's data from every table; the counts stay. */
@PatchbayTest
class ErasureTests {

    @Test
    void theDataOfACallerIsErased() {
        var caller = PhoneCalls.newCaller();
        String callId = PhoneCalls.place(caller);
        var run = PhoneCalls.ended(callId);
        String event = PhoneCalls.analyzed(callId).path("id").asString();
        assertThat(TestEnvironment.get("/api/v1/events/" + event + "/raw")
                        .body()
                        .path("body")
                        .asString())
                .contains(callId);

        var erased = erase(Json.object().put("phone", caller.path("from").asString()));

        assertThat(erased.path("events").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(erased.path("bodies")).isEqualTo(erased.path("events"));
        assertThat(erased.path("runs").asInt()).isEqualTo(1);
        for (String path : new String[] {
            "/api/v1/events/" + event, "/api/v1/runs/" + run.path("id").asString(), "/api/v1/events?subject=" + callId
        }) {
            assertThat(TestEnvironment.get(path).body().toString())
                    .doesNotContain(caller.path("from").asString())
                    .doesNotContain(caller.path("lastName").asString())
                    .doesNotContain(caller.path("email").asString());
        }
        assertThat(TestEnvironment.get("/api/v1/events/" + event + "/raw").status())
                .isEqualTo(404);
        assertThat(TestEnvironment.get("/api/v1/runs/" + run.path("id").asString())
                        .body()
                        .path("status"))
                .isEqualTo(run.path("status"));
        assertThat(TestEnvironment.get("/api/v1/audit?limit=200").body().toString())
                .contains("person.erased")
                .contains("event.raw_read");
        assertThat(erase(Json.object().put("phone", caller.path("from").asString()))
                        .path("events")
                        .asInt())
                .isZero();
    }

    @Test
    void theWordsOfALiveCallAreErased() {
        var slot = ZonedDateTime.now(ZoneId.of("America/Chicago"))
                .plusWeeks(60)
                .with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                .toLocalDate()
                .atTime(11, 0);
        var request = Json.object()
                .put("from", "+13125550790")
                .put("to", TestEnvironment.dev().at("/clients/0/phone").asString())
                .put("agentId", TestEnvironment.dev().at("/clients/0/agentId").asString())
                .put("inbound", true)
                .put("wantsAppointment", false);
        request.putArray("functions")
                .addObject()
                .put("name", "calendar.book")
                .set("args", Json.object().put("start", slot.toString()));
        String call = TestEnvironment.sandbox("calls", request).path("callId").asString();
        assertThat(TestEnvironment.get("/api/v1/live-calls?callId=" + call)
                        .body()
                        .toString())
                .contains(slot.toLocalDate().toString());

        var erased = erase(Json.object().put("phone", "(312) 555-0790"));

        assertThat(erased.path("liveCalls").asInt()).isPositive();
        assertThat(TestEnvironment.get("/api/v1/live-calls?callId=" + call)
                        .body()
                        .toString())
                .contains("calendar.book")
                .doesNotContain(slot.toLocalDate().toString());
    }

    @Test
    void nothingIsErasedWhileSomethingIsUnfinished() {
        var caller = PhoneCalls.newCaller();
        String callId = PhoneCalls.place(caller);
        PhoneCalls.ended(callId);
        var items =
                TestEnvironment.get("/api/v1/events?subject=" + callId).body().path("items");
        var again = Json.object().put("perSecond", 1);
        items.forEach(item -> again.withArray("ids").add(item.path("id").asString()));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> TestEnvironment.post("/api/v1/events/replays?preview=true", again)
                                .body()
                                .path("events")
                                .asInt()
                        == 3);
        TestEnvironment.post("/api/v1/events/replays", again);

        var refused = TestEnvironment.post(
                "/api/v1/erasures",
                Json.object().put("phone", caller.path("from").asString()));

        assertThat(refused.body().path("code").asString()).isEqualTo("409.person_under_way");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> TestEnvironment.post(
                                        "/api/v1/erasures",
                                        Json.object()
                                                .put(
                                                        "phone",
                                                        caller.path("from").asString()))
                                .status()
                        == 200);
    }

    @Test
    void aPersonIsAlsoFoundByEmailAndContact() {
        assertThat(erase(Json.object().put("email", " Nobody@Example.com "))
                        .path("events")
                        .asInt())
                .isZero();
        assertThat(erase(Json.object().put("contactId", "nobody"))
                        .path("events")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"phone\":\"call me\"}", "{\"phone\":\"12\"}"})
    void anIncompletePersonIsRejected(String who) {
        assertThat(TestEnvironment.post("/api/v1/erasures", "application/json", who)
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("400.malformed_request");
    }

    /** Waits until no work of theirs is unfinished. */
    private static JsonNode erase(JsonNode who) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> TestEnvironment.post("/api/v1/erasures", who), answer -> answer.status() != 409)
                .body()
                .path("erased");
    }
}
