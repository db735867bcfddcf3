package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.Test;

/** Requests about runs that are rejected or find nothing. */
@PatchbayTest
class RunRequestTests {

    @Test
    void unknownFlowsAndClientsAreNotFound() {
        var fixture = new FlowFixture("do:\n  - one: { set: { x: 1 } }\n");
        var input = Json.object().put("clientId", "cli_northside").set("input", Json.object());

        assertThat(TestEnvironment.post("/api/v1/flows/flw_none/run", input).status())
                .isEqualTo(404);
        assertThat(TestEnvironment.post(
                                "/api/v1/flows/" + fixture.flowId() + "/run",
                                Json.object().put("clientId", "cli_none").set("input", Json.object()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void deadLettersAreFilteredByTime() {
        var past = Json.object().put("from", "2020-01-01T00:00:00Z").put("to", "2020-01-02T00:00:00Z");

        var previewed = TestEnvironment.post("/api/v1/runs/replays?preview=true", past);

        assertThat(previewed.status()).isEqualTo(200);
        assertThat(previewed.body().path("count").asInt()).isZero();
    }

    @Test
    void settlingAsDoneNeedsAnOutput() {
        var fixture = new FlowFixture("do:\n  - long: { wait: { hours: 1 } }\n");
        String id = fixture.startAndAwait("waiting").path("id").asString();

        assertThat(FlowFixture.post(id, "steps/long/settle", Json.object().put("done", true))
                        .status())
                .isEqualTo(422);
        assertThat(FlowFixture.post(id, "steps/long/settle", Json.object().put("done", false))
                        .status())
                .isEqualTo(409);
        assertThat(FlowFixture.post(id, "cancel", Json.object().put("reason", " "))
                        .status())
                .isEqualTo(422);
    }
}
