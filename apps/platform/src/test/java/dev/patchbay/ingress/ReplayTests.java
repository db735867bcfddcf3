package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Stored events are dispatched again, and no flow runs twice for one event. */
@PatchbayTest
class ReplayTests {

    @Test
    void aReplayedEventRunsNoFlowTwice() {
        var caller = PhoneCalls.newCaller();
        String callId = PhoneCalls.place(caller);
        PhoneCalls.ended(callId);
        var event = PhoneCalls.analyzed(callId);

        var replayed = replay(ids(event.path("id").asString()));

        assertThat(replayed.path("events").asInt()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> isDone(event.path("id").asString()));
        assertThat(TestEnvironment.get("/api/v1/runs?correlationId="
                                + event.path("correlationid").asString())
                        .body()
                        .path("items"))
                .hasSize(1);
        assertThat(PhoneCalls.held("twilio", "messages", caller.path("from").asString()))
                .isEqualTo(1);
        assertThat(TestEnvironment.get("/api/v1/audit").body().toString()).contains("events.replayed");
    }

    @Test
    void aPreviewListsTheEventsOfTheReplay() {
        var stored = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            stored.add(stored());
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> stored.stream().allMatch(ReplayTests::isDone));

        var preview = TestEnvironment.post("/api/v1/events/replays?preview=true", ids(stored.toArray(new String[0])))
                .body();

        assertThat(preview.path("preview").asBoolean()).isTrue();
        assertThat(preview.path("events").asInt()).isEqualTo(3);
        assertThat(preview.path("ids").valueStream().map(id -> id.asString()).toList())
                .isEqualTo(stored);
        assertThat(stored).allMatch(ReplayTests::isDone);
    }

    @Test
    void eachParameterNarrowsTheReplay() {
        String event = stored();
        await().atMost(Duration.ofSeconds(10)).until(() -> isDone(event));
        var received = TestEnvironment.get("/api/v1/events/" + event)
                .body()
                .path("receivedAt")
                .asString();
        var fits = ids(event)
                .put("type", "voice.call.ended")
                .put("client", TestEnvironment.dev().at("/clients/0/id").asString())
                .put("connection", "con_retell")
                .put("status", "done")
                .put("from", received)
                .put("to", "2100-01-01T00:00:00Z");

        assertThat(count(fits)).isEqualTo(1);
        assertThat(count(fits.deepCopy().put("type", "voice.call.started"))).isZero();
        assertThat(count(fits.deepCopy().put("client", "cli_nobody"))).isZero();
        assertThat(count(fits.deepCopy().put("connection", "con_nothing"))).isZero();
        assertThat(count(fits.deepCopy().put("status", "failed"))).isZero();
        assertThat(count(fits.deepCopy().put("from", "2100-01-01T00:00:00Z"))).isZero();
        assertThat(count(fits.deepCopy().put("to", received))).isZero();
    }

    @Test
    void aReplayIsSpreadByItsRate() {
        var stored = List.of(stored(), stored(), stored());
        await().atMost(Duration.ofSeconds(10)).until(() -> stored.stream().allMatch(ReplayTests::isDone));

        TestEnvironment.post(
                "/api/v1/events/replays", ids(stored.toArray(new String[0])).put("perSecond", 1));

        assertThat(isDone(stored.getLast())).isFalse();
        await().atMost(Duration.ofSeconds(10)).until(() -> stored.stream().allMatch(ReplayTests::isDone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":\"ready\"}", "{\"status\":\"lost\"}", "{\"from\":\"yesterday\"}", "["})
    void anUnrestrictedOrInvalidReplayIsRejected(String body) {
        var answer = TestEnvironment.post("/api/v1/events/replays", "application/json", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("400.malformed_request");
    }

    private static ObjectNode ids(String... ids) {
        var request = Json.object();
        var list = request.putArray("ids");
        for (String id : ids) {
            list.add(id);
        }
        return request;
    }

    private static int count(ObjectNode request) {
        return TestEnvironment.post("/api/v1/events/replays?preview=true", request)
                .body()
                .path("events")
                .asInt(-1);
    }

    private static ObjectNode replay(ObjectNode request) {
        return (ObjectNode)
                TestEnvironment.post("/api/v1/events/replays", request).body();
    }

    private static String stored() {
        return Webhooks.deliver(Webhooks.callEnded(Webhooks.newCallId()))
                .body()
                .path("eventId")
                .asString();
    }

    private static boolean isDone(String event) {
        return TestEnvironment.get("/api/v1/events/" + event)
                .body()
                .path("status")
                .asString()
                .equals("done");
    }
}
