package dev.patchbay.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events and live calls of the release before continue: each starts its run once, and held times are booked or released. */
interface UpgradedCallTests extends UpgradedState {

    @Test
    default void eventThatWasNotDispatchedStartsItsRun() {
        String event = fixture().about("/undispatched");

        var run = UpgradedPlatform.until(
                () -> runsOf(event).path(0),
                found -> found.path("status").asString("").equals("completed"));

        assertThat(run.path("eventId").asString()).isEqualTo(event);
        vendors().assertOneOfEach("undispatched");
    }

    @Test
    default void webhookThatIsDeliveredAgainIsKnown() {
        String call = fixture().about("/calls/completed");
        String analyzed = "/api/v1/events?type=voice.call.analyzed&subject=" + call;
        String event = platform().get(analyzed).at("/items/0/id").asString();

        var reply = platform()
                .sandbox(
                        "calls",
                        Json.object()
                                .put("callId", call)
                                .put("from", fixture().about("/callers/completed/phone"))
                                .put("agentId", "agent_northside"));

        assertThat(reply.path("deliveries")
                        .valueStream()
                        .map(one -> one.path("state").asString()))
                .hasSize(3)
                .containsOnly("delivered");
        assertThat(platform().get(analyzed).path("items")).hasSize(1);
        assertThat(runsOf(event)).hasSize(1);
        vendors().assertOneOfEach("completed");
    }

    @Test
    default void heldTimeIsBookedByTheSameCall() {
        var reply = platform().sandbox("calls", asking("holdAlive", "calendar.book"));

        assertThat(reply.at("/functions/0/body/outcome").asString())
                .as(reply.toString())
                .isEqualTo("done");
        assertThat(vendors().bookings("holdAlive")).isEqualTo(1);
        assertThat(functions("holdAlive")).contains("calendar.hold done", "calendar.book done");
    }

    @Test
    default void aHeldTimeWithoutABookingIsReleased() {
        UpgradedPlatform.until(() -> Json.tree(vendors().bookings("holdExpired")), standing -> standing.asInt() == 0);

        assertThat(functions("holdExpired")).contains("calendar.hold done");
    }

    private JsonNode runsOf(String event) {
        String correlation =
                platform().get("/api/v1/events/" + event).path("correlationid").asString();
        return Json.tree(platform()
                .get("/api/v1/runs?correlationId=" + correlation)
                .path("items")
                .valueStream()
                .filter(run -> run.path("eventId").asString("").equals(event))
                .toList());
    }

    private JsonNode asking(String caller, String function) {
        var call = Json.object()
                .put("callId", fixture().about("/calls/" + caller))
                .put("from", fixture().about("/callers/" + caller + "/phone"))
                .put("agentId", "agent_northside");
        call.putArray("functions")
                .addObject()
                .put("name", function)
                .putObject("args")
                .put("start", fixture().about("/callers/" + caller + "/local"));
        return call;
    }

    private List<String> functions(String caller) {
        return platform()
                .get("/api/v1/live-calls?callId=" + fixture().about("/calls/" + caller))
                .path("items")
                .valueStream()
                .map(one -> one.path("function").asString() + " "
                        + one.path("outcome").asString())
                .toList();
    }
}
