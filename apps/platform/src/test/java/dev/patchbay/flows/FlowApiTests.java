package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import org.junit.jupiter.api.Test;

@PatchbayTest
class FlowApiTests {

    private static final String FLOW = """
            document: { dsl: 1.0.3, namespace: test, name: %s, version: %s }
            do:
              - only:
                  set: { done: %s }
            """;

    @Test
    void everyEndpointNeedsAToken() {
        var reply = TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/flows"))
                        .GET());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body().path("code").asString()).isEqualTo("401.unauthenticated");
    }

    @Test
    void anInvalidFlowIsRejectedWithEveryProblem() {
        var reply = TestEnvironment.post(
                "/api/v1/flows",
                "application/yaml",
                FLOW.formatted("broken", "1.0.0", "1").replace("set:", "sett:"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body().path("code").asString()).isEqualTo("422.flow_invalid");
        assertThat(reply.body().path("problems")).isNotEmpty();
    }

    @Test
    void aVersionNeverChangesItsContents() {
        var first = create("kept", "1.0.0", "1");
        assertThat(create("kept", "1.0.0", "1").body()).isEqualTo(first.body());

        var other = create("kept", "1.0.0", "2");

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().path("code").asString()).isEqualTo("409.flow_state_conflict");
    }

    @Test
    void aPromotionRetiresTheVersionBefore() {
        String id = create("promoted", "1.0.0", "1").body().path("id").asString();
        assertThat(TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object())
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("active");
        create("promoted", "2.0.0", "2");

        var second = TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object());

        assertThat(second.body().path("version").asString()).isEqualTo("2.0.0");
        assertThat(TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object())
                        .status())
                .isEqualTo(409);
        assertThat(TestEnvironment.get("/api/v1/audit").body().toString()).contains("flow.promoted");
    }

    @Test
    void unknownFlowsRunsAndClientsAreNotFound() {
        String id = create("lonely", "1.0.0", "1").body().path("id").asString();

        assertThat(TestEnvironment.post("/api/v1/flows/flw_none/promote", Json.object())
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("404.flow_not_found");
        assertThat(TestEnvironment.get("/api/v1/runs/run_none")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("404.run_not_found");
        assertThat(TestEnvironment.put("/api/v1/flows/" + id + "/clients/cli_none")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("404.client_not_found");
        assertThat(TestEnvironment.put("/api/v1/flows/" + id + "/clients/%20")
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("404.client_not_found");
        assertThat(TestEnvironment.post("/api/v1/flows/" + id + "/run", Json.object())
                        .status())
                .isEqualTo(422);
        assertThat(TestEnvironment.post(
                                "/api/v1/flows/" + id + "/run",
                                Json.object().put("clientId", client()).put("eventId", "evt_none"))
                        .status())
                .isEqualTo(404);
        assertThat(TestEnvironment.post(
                                "/api/v1/flows/" + id + "/run", Json.object().put("clientId", client()))
                        .body()
                        .path("code")
                        .asString())
                .isEqualTo("422.variables_invalid");
    }

    @Test
    void aSecondStartForAnEventFindsTheFirstRun() {
        var caller = PhoneCalls.newCaller().put("wantsAppointment", false);
        String event = PhoneCalls.analyzed(PhoneCalls.place(caller)).path("id").asString();
        String id = create("by-hand", "1.0.0", "1").body().path("id").asString();
        var request = Json.object().put("clientId", client()).put("eventId", event);

        var first = TestEnvironment.post("/api/v1/flows/" + id + "/run", request);

        assertThat(first.status()).isEqualTo(202);
        assertThat(TestEnvironment.post("/api/v1/flows/" + id + "/run", request).body())
                .isEqualTo(first.body());
        assertThat(TestEnvironment.put("/api/v1/flows/" + id + "/clients/" + client())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void runsAreFilteredAndPaged() {
        var caller = PhoneCalls.newCaller();
        var run = PhoneCalls.ended(PhoneCalls.place(caller));
        PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));

        var byPhone = TestEnvironment.get(
                "/api/v1/runs?phone=" + caller.path("from").asString().replace("+", "%2B"));
        assertThat(byPhone.body().at("/items/0/id")).isEqualTo(run.path("id"));
        var page = TestEnvironment.get("/api/v1/runs?limit=1&status=completed&client=" + client())
                .body();
        assertThat(page.path("items")).hasSize(1);
        var next = TestEnvironment.get(
                        "/api/v1/runs?limit=1&after=" + page.path("next").asString())
                .body();
        assertThat(next.at("/items/0/id").asString())
                .isLessThan(page.at("/items/0/id").asString());
    }

    private static TestEnvironment.Reply create(String name, String version, String value) {
        return TestEnvironment.post("/api/v1/flows", "application/yaml", FLOW.formatted(name, version, value));
    }

    private static String client() {
        return TestEnvironment.dev().at("/clients/0/id").asString();
    }
}
