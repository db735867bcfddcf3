package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@PatchbayTest
class FlowVersionTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private Clients clients;

    @Test
    void aFlowShowsItsVersionsAndWhoPromotedThem() {
        String id = create("shown", "1.0.0", "1");
        promote(id);
        create("shown", "1.1.0", "2");

        var flow = TestEnvironment.get("/api/v1/flows/" + id).body();

        assertThat(flow.path("name").asString()).isEqualTo("shown");
        assertThat(texts(flow.path("versions"), "version")).containsExactly("1.1.0", "1.0.0");
        assertThat(texts(flow.path("versions"), "state")).containsExactly("draft", "active");
        assertThat(flow.at("/versions/0/promotedAt").isNull()).isTrue();
        assertThat(flow.at("/versions/1/promotedAt").asString()).isNotEmpty();
        assertThat(flow.at("/versions/1/promotedBy").asString()).isNotEmpty();
        assertThat(flow.at("/versions/1/digest").asString()).hasSize(64);
        var version =
                TestEnvironment.get("/api/v1/flows/" + id + "/versions/1.0.0").body();
        assertThat(version.path("source").asString()).startsWith("document:");
        assertThat(version.path("state").asString()).isEqualTo("active");
    }

    @Test
    void unknownFlowsAndVersionsAreNotFound() {
        String id = create("sparse", "1.0.0", "1");

        for (String path : List.of(
                "flw_none",
                "flw_none/clients",
                "flw_none/promotions",
                id + "/versions/9.9.9",
                id + "/compare?from=1.0.0&to=9.9.9")) {
            var reply = TestEnvironment.get("/api/v1/flows/" + path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.body().path("code").asString()).isEqualTo("404.flow_not_found");
        }
        assertThat(choose(id, "promote", "9.9.9").status()).isEqualTo(404);
        assertThat(TestEnvironment.delete("/api/v1/flows/" + id + "/clients/cli_none")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aDraftThatIsNotTheNewestIsPromotedByName() {
        String id = create("by-name", "1.0.0", "1");
        create("by-name", "2.0.0", "2");

        assertThat(choose(id, "promote", "1.0.0").body().path("version").asString())
                .isEqualTo("1.0.0");
        assertThat(promote(id).path("version").asString()).isEqualTo("2.0.0");
        var again = choose(id, "promote", "1.0.0");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body().path("detail").asString()).contains("retired, not draft");
    }

    @Test
    void eachRollBackGoesFurtherBackAndIsRecorded() {
        String id = create("back", "1.0.0", "1");
        promote(id);
        create("back", "2.0.0", "2");
        promote(id);
        create("back", "3.0.0", "3");
        promote(id);

        assertThat(rollBack(id).body().path("version").asString()).isEqualTo("2.0.0");
        assertThat(rollBack(id).body().path("version").asString()).isEqualTo("1.0.0");
        var noFurther = rollBack(id);
        assertThat(noFurther.status()).isEqualTo(409);
        assertThat(noFurther.body().path("detail").asString()).contains("name the version");
        assertThat(choose(id, "rollback", "3.0.0").body().path("state").asString())
                .isEqualTo("active");
        assertThat(choose(id, "rollback", "3.0.0").status()).isEqualTo(409);

        var history = TestEnvironment.get("/api/v1/flows/" + id + "/promotions")
                .body()
                .path("items");
        assertThat(texts(history, "kind"))
                .containsExactly("rolled_back", "rolled_back", "rolled_back", "promoted", "promoted", "promoted");
        assertThat(texts(history, "to")).containsExactly("3.0.0", "1.0.0", "2.0.0", "3.0.0", "2.0.0", "1.0.0");
        assertThat(history.path(5).path("from").isNull()).isTrue();
        assertThat(TestEnvironment.get("/api/v1/audit").body().toString()).contains("flow.rolled_back");
        assertThat(texts(TestEnvironment.get("/api/v1/flows/" + id).body().path("versions"), "state"))
                .containsExactly("active", "retired", "retired");
    }

    @Test
    void aFlowThatWasNeverPromotedCannotBeRolledBack() {
        assertThat(rollBack(create("draft-only", "1.0.0", "1")).status()).isEqualTo(409);
    }

    @Test
    void aClientWithoutAConnectionBlocksThePromotion() {
        var client =
                new Client(new ClientId("cli_unbound"), "Unbound Dental", ZoneId.of("America/Chicago"), Json.object());
        clients.put(TENANT, client);
        String file = """
                document: { dsl: 1.0.3, namespace: test, name: needs-ports, version: 1.0.0 }
                do:
                  - found: { call: crm.findContact, with: { phone: "+14155550123" } }
                  - asked: { call: person.approve, with: { question: "Go on?" } }
                  - booked:
                      call: calendar.book
                      with: { contact: c1, start: "2031-03-03T09:00:00-06:00", minutes: 30 }
                      metadata: { compensate: calendar.cancel }
                """;
        String id = TestEnvironment.post("/api/v1/flows", "application/yaml", file)
                .body()
                .path("id")
                .asString();
        assign(id, TestEnvironment.dev().at("/clients/0/id").asString());
        assign(id, "cli_unbound");

        var refused = TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("code").asString()).isEqualTo("409.flow_state_conflict");
        assertThat(texts(refused.body().path("problems"), "code"))
                .containsExactly("missing_binding", "missing_binding");
        assertThat(refused.body().at("/problems/0/message").asString())
                .isEqualTo("Unbound Dental (cli_unbound) has no connection bound for crm, which this flow calls.");
        assertThat(refused.body().at("/problems/1/path").asString()).isEqualTo("/do/2/booked/call");
        assertThat(refused.body().at("/problems/1/line").asInt()).isEqualTo(6);
        var validation = TestEnvironment.post("/api/v1/flows/validate", "application/yaml", file)
                .body();
        assertThat(validation.path("valid").asBoolean()).isTrue();
        assertThat(validation.path("warnings")).isEqualTo(refused.body().path("problems"));

        assertThat(TestEnvironment.delete("/api/v1/flows/" + id + "/clients/cli_unbound")
                        .status())
                .isEqualTo(204);
        assertThat(promote(id).path("state").asString()).isEqualTo("active");
    }

    @Test
    void aFlowListsTheClientsItServes() {
        String id = create("serving", "1.0.0", "1");
        String client = TestEnvironment.dev().at("/clients/0/id").asString();
        assertThat(TestEnvironment.get("/api/v1/flows/" + id + "/clients")
                        .body()
                        .path("items"))
                .isEmpty();

        assign(id, client);

        var served =
                TestEnvironment.get("/api/v1/flows/" + id + "/clients").body().path("items");
        assertThat(texts(served, "id")).containsExactly(client);
        assertThat(served.at("/0/name").asString()).isNotEmpty();
        for (int time = 0; time < 2; time++) {
            assertThat(TestEnvironment.delete("/api/v1/flows/" + id + "/clients/" + client)
                            .status())
                    .isEqualTo(204);
        }
        assertThat(TestEnvironment.get("/api/v1/flows/" + id + "/clients")
                        .body()
                        .path("items"))
                .isEmpty();
        var audit = TestEnvironment.get("/api/v1/audit").body().path("items");
        assertThat(StreamSupport.stream(audit.spliterator(), false)
                        .filter(entry -> entry.path("action").asString().equals("flow.unassigned")
                                && entry.path("resource").asString().contains(id)))
                .hasSize(1);
    }

    @Test
    void aRunEndsOnTheVersionItBeganWith() {
        String id = create("under-way", "1.0.0", "1 } }\n  - pause: { wait: PT2S }\n  - last: { set: { done: 1");
        promote(id);
        String run = TestEnvironment.post(
                        "/api/v1/flows/" + id + "/run",
                        Json.object()
                                .put(
                                        "clientId",
                                        TestEnvironment.dev()
                                                .at("/clients/0/id")
                                                .asString())
                                .set("input", Json.object()))
                .body()
                .path("runId")
                .asString();

        create("under-way", "2.0.0", "2");
        promote(id);

        JsonNode ended = await().atMost(Duration.ofSeconds(30))
                .until(() -> TestEnvironment.get("/api/v1/runs/" + run).body(), shown -> shown.hasNonNull("endedAt"));
        assertThat(ended.at("/flow/version").asString()).isEqualTo("1.0.0");
        assertThat(ended.at("/output/done").asInt()).isEqualTo(1);
    }

    @Test
    void twoVersionsAreComparedByTaskAndByLine() {
        String id = create("compared", "1.0.0", "1");
        create("compared", "1.1.0", "2");

        var comparison = TestEnvironment.get("/api/v1/flows/" + id + "/compare?from=1.0.0&to=1.1.0")
                .body();

        assertThat(comparison.at("/changes/tasks/0").toString())
                .isEqualTo(
                        "{\"task\":\"only\",\"change\":\"changed\",\"members\":[{\"member\":\"set/done\",\"from\":1,\"to\":2}]}");
        assertThat(comparison.at("/changes/flow")).isEmpty();
        assertThat(comparison.at("/changes/trigger")).isEmpty();
        assertThat(comparison.path("diff").asString())
                .startsWith("--- compared@1.0.0\n+++ compared@1.1.0\n@@ ")
                .contains("\n-  - only: { set: { done: 1 } }\n+  - only: { set: { done: 2 } }");
    }

    private static String create(String name, String version, String value) {
        var reply = TestEnvironment.post("/api/v1/flows", "application/yaml", """
                document: { dsl: 1.0.3, namespace: test, name: %s, version: %s }
                do:
                  - only: { set: { done: %s } }
                """.formatted(name, version, value));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.body().path("id").asString();
    }

    private static JsonNode promote(String id) {
        var reply = TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object());
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply.body();
    }

    private static TestEnvironment.Reply rollBack(String id) {
        return TestEnvironment.post("/api/v1/flows/" + id + "/rollback", "application/json", "");
    }

    private static TestEnvironment.Reply choose(String id, String how, String version) {
        return TestEnvironment.post(
                "/api/v1/flows/" + id + "/" + how, Json.object().put("version", version));
    }

    private static void assign(String id, String client) {
        assertThat(TestEnvironment.put("/api/v1/flows/" + id + "/clients/" + client)
                        .status())
                .isEqualTo(204);
    }

    private static List<String> texts(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(member).asString())
                .toList();
    }
}
