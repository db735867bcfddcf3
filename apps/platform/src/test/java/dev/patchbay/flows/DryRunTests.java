package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.flows.internal.run.DryRuns;
import dev.patchbay.iam.Client;
import dev.patchbay.iam.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.FlowScene;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A flow is tried without anything being done. */
@PatchbayTest
class DryRunTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    private static final String ON_CALL = """
            do:
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.call.from }", firstName: Ada }
              - booking:
                  call: calendar.book
                  with: { contact: "${ $steps.contact.id }", start: "${ $event.call.analysis.custom.slot }", minutes: 30 }
              - confirm:
                  call: messaging.sendSms
                  with: { to: "${ $event.call.from }", text: "${ \\"Booked for \\" + $steps.booking.startLocal }" }
            """;

    private static final String TEXT = """
            do:
              - text: { call: messaging.sendSms, with: { to: "+14155550123", text: Hello } }
            """;

    @Autowired
    private DryRuns dryRuns;

    @Autowired
    private Clients clients;

    @Test
    void aDraftMeetsTheAnswersThatTheEventsRunGot() {
        var scene = new FlowScene(ON_CALL);
        String event = callOf(scene);
        var run = ranFor(scene, event, "completed");
        scene.version(
                "1.1.0",
                ON_CALL.replace("Booked for", "See you on")
                        + "  - note: { set: { id: \"${ $steps.booking.id }\" } }\n"
                        + "  - again: { call: crm.getContact, with: { id: \"${ $steps.contact.id }\" } }\n");

        var report = dryRun(scene, Json.object().put("eventId", event));

        assertThat(report.path("outcome").asString()).as(report.toString()).isEqualTo("completed");
        assertThat(report.path("version").asString()).isEqualTo("1.1.0");
        assertThat(steps(report))
                .containsExactly(
                        "contact completed recorded",
                        "booking completed recorded",
                        "confirm completed recorded",
                        "note completed null",
                        "again completed sample");
        assertThat(report.at("/steps/2/input/text").asString()).startsWith("See you on");
        assertThat(report.at("/steps/3/output/id")).isEqualTo(run.at("/steps/1/output/id"));
        assertThat(report.at("/output/id").asString()).isEqualTo("con_sample");
        assertThat(report.path("problems")).isEmpty();
        assertThat(FlowScene.bookings(run.path("id").asString())).isEqualTo(1);
        assertThat(scene.contacts()).isEqualTo(1);
        assertThat(scene.texts()).isEqualTo(1);
        assertThat(World.get("/api/v1/runs?correlationId="
                                + run.path("correlationId").asString())
                        .body()
                        .path("items"))
                .as("a dry run is no run")
                .hasSize(1);
    }

    @Test
    void aRecordedFailureCountsForTheInputThatFailed() {
        var scene = new FlowScene(ON_CALL);
        String event = callOf(scene, "2020-01-06T10:00:00-06:00");
        ranFor(scene, event, "parked");
        scene.version("1.1.0", ON_CALL.replace("minutes: 30", "minutes: 45"));

        var same = dryRun(scene, Json.object().put("eventId", event).put("version", "1.0.0"));
        var mended = dryRun(scene, Json.object().put("eventId", event));

        assertThat(same.path("outcome").asString()).isEqualTo("no_slot");
        assertThat(same.at("/error/detail").asString()).contains("in the past");
        assertThat(steps(same)).containsExactly("contact completed recorded", "booking failed null");
        assertThat(mended.path("outcome").asString()).isEqualTo("completed");
        assertThat(steps(mended))
                .containsExactly("contact completed recorded", "booking completed sample", "confirm completed sample");
    }

    @Test
    void ofAnErasedPersonNothingIsRecorded() {
        var scene = new FlowScene(TEXT);
        String event = callOf(scene);
        ranFor(scene, event, "completed");
        assertThat(steps(dryRun(scene, Json.object().put("eventId", event))))
                .containsExactly("text completed recorded");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> World.post("/api/v1/erasures", Json.object().put("phone", scene.phone()))
                                .status()
                        == 200);

        var report = dryRun(scene, Json.object().put("eventId", event));

        assertThat(steps(report)).containsExactly("text completed sample");
    }

    @Test
    void answersThatAreGivenChangeTheWay() {
        var scene = new FlowScene("""
                do:
                  - slots:
                      call: calendar.findSlots
                      with: { from: "2031-03-03T09:00:00Z", to: "2031-03-04T09:00:00Z", minutes: 30 }
                  - any:
                      switch:
                        - none: { when: "${ ($steps.slots.slots | length) == 0 }", then: sorry }
                        - some: { then: text }
                  - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: We have time }, then: end }
                  - sorry: { call: messaging.sendSms, with: { to: "${ $event.from }", text: We are full } }
                  - never: { if: "${ false }", set: { a: 1 } }
                """);
        var none = Json.object();
        none.putObject("slots").putArray("slots");
        var wrong = Json.object();
        wrong.putObject("slots").put("slots", "none");

        assertThat(steps(dryRun(scene, Json.object().set("input", scene.input()))))
                .containsExactly("slots completed sample", "any completed null", "text completed sample");
        assertThat(steps(dryRun(scene, with(scene, none))))
                .containsExactly(
                        "slots completed given", "any completed null", "sorry completed sample", "never skipped null");
        var misfit = dryRun(scene, with(scene, wrong));
        assertThat(misfit.at("/problems/0/code").asString()).isEqualTo("answer_misfit");
        assertThat(misfit.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(scene.texts()).isZero();
    }

    @Test
    void aFailureThatIsGivenIsCaughtByTheFlow() {
        var scene = new FlowScene("""
                do:
                  - attempt:
                      try:
                        - booking:
                            call: calendar.book
                            with: { contact: c1, start: "2031-03-03T09:00:00Z", minutes: 30 }
                      catch:
                        errors: { with: { status: 409 } }
                        do:
                          - text: { call: messaging.sendSms, with: { to: "${ $event.from }", text: Taken } }
                """);

        assertThat(steps(dryRun(scene, with(scene, fails("booking", "no_slot")))))
                .containsExactly("booking failed null", "text completed sample");
        var other = dryRun(scene, with(scene, fails("booking", "provider_down")));
        assertThat(other.path("outcome").asString()).isEqualTo("provider_down");
        assertThat(other.at("/error/title").asString()).isEqualTo("provider_down");
        assertThat(reply(scene, with(scene, fails("booking", "sunday")))
                        .body()
                        .path("detail")
                        .asString())
                .contains("sunday", "no_slot");
        assertThat(reply(scene, with(scene, fails("attempt", "no_slot")))
                        .body()
                        .path("detail")
                        .asString())
                .contains("attempt", "booking, text");
    }

    @Test
    void whatTheAuthorRaisesFailsUnlessItIsCaught() {
        String raise =
                "{ raise: { error: { type: \"https://x.example/closed\", status: 400, detail: We are closed } } }";
        var loud = new FlowScene("do:\n  - closed: " + raise + "\n");
        var caught = new FlowScene("do:\n  - attempt:\n      try:\n        - closed: " + raise
                + "\n      catch:\n        do:\n          - calm: { set: { calm: true } }\n");

        var failed = dryRun(loud, Json.object().set("input", Json.object()));

        assertThat(failed.path("outcome").asString()).isEqualTo("failed");
        assertThat(failed.at("/error/detail").asString()).isEqualTo("We are closed");
        assertThat(dryRun(caught, Json.object().set("input", Json.object()))
                        .at("/output/calm")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anInputThatDoesNotFitEndsItAsItWouldEndARun() {
        var report = dryRun(new FlowScene(ON_CALL), Json.object().set("input", Json.object()));

        assertThat(report.path("outcome").asString()).isEqualTo("bad_input");
        assertThat(steps(report)).containsExactly("contact failed null");
        assertThat(report.at("/steps/0/sentence")).isEqualTo(report.at("/error/detail"));
    }

    @Test
    void aPersonApprovesUnlessTheyAreGivenAsRejecting() {
        var scene = new FlowScene("do:\n  - ask: { call: person.approve, with: { question: \"Go on?\" } }\n");
        var yes = Json.object();
        yes.putObject("ask").put("by", "usr_ada");
        var no = Json.object();
        no.putObject("ask").put("approved", false).put("reason", "Too dear");
        var noReason = Json.object();
        noReason.putObject("ask").put("approved", false);

        assertThat(steps(dryRun(scene, Json.object().set("input", scene.input()))))
                .containsExactly("ask completed sample");
        assertThat(dryRun(scene, with(scene, yes)).at("/output/by").asString()).isEqualTo("usr_ada");
        var rejected = dryRun(scene, with(scene, no));
        assertThat(rejected.path("outcome").asString()).isEqualTo("failed");
        assertThat(rejected.at("/error/detail").asString()).isEqualTo("Too dear");
        assertThat(dryRun(scene, with(scene, noReason)).at("/error/detail").asString())
                .isEqualTo("Rejected, as given.");
    }

    @Test
    void waitsAreOverAtOnceButTimeLimitsHold() {
        String tasks = "do:\n  - long: { wait: { hours: 2 } }\n  - after: { set: { a: 1 } }\n";
        var patient = new FlowScene(tasks);
        var hurried = new FlowScene("timeout: { after: { hours: 1 } }\n" + tasks);
        var group = new FlowScene(
                "do:\n  - group:\n      timeout: { after: { hours: 3 } }\n      do:\n        - long: { wait: { hours: 2 } }\n");

        assertThat(dryRun(patient, Json.object().set("input", Json.object()))
                        .at("/steps/0/sentence")
                        .asString())
                .contains("PT2H");
        assertThat(dryRun(group, Json.object().set("input", Json.object()))
                        .path("outcome")
                        .asString())
                .isEqualTo("completed");
        var late = dryRun(hurried, Json.object().set("input", Json.object()));
        assertThat(late.path("outcome").asString()).isEqualTo("bad_input");
        assertThat(steps(late)).containsExactly("long failed null");
        assertThat(late.at("/error/title").asString()).isEqualTo("timeout");
    }

    @Test
    void whatIsNotThereIsSaid() {
        var scene = new FlowScene(TEXT);
        var input = Json.object().set("input", Json.object());

        assertThat(reply("flw_none", input).body().path("code").asString()).isEqualTo("404.flow_not_found");
        assertThat(code(scene, Json.object().put("eventId", "evt_none"))).isEqualTo("404.event_not_found");
        assertThat(code(scene, Json.object().put("clientId", "cli_none").set("input", Json.object())))
                .isEqualTo("404.client_not_found");
        assertThat(code(scene, Json.object().putNull("clientId"))).isEqualTo("422.variables_invalid");
        assertThat(code(scene, Json.object())).isEqualTo("422.variables_invalid");
        assertThat(code(scene, Json.object().put("version", "9.9.9").set("input", Json.object())))
                .isEqualTo("422.variables_invalid");
    }

    @Test
    void theHandbooksExampleIsAnswered() throws IOException {
        String file = Files.readString(Path.of("../../flows/valid/ask-first.yaml"));
        String flow = World.post(
                        "/api/v1/flows", "application/yaml", file.replace("name: ask-first", "name: ask-first-dry"))
                .body()
                .path("id")
                .asString();
        String docs = Files.readString(Path.of("../../docs/flow-versions.md"));
        String body =
                docs.substring(docs.indexOf("{\"clientId\""), docs.indexOf("}'", docs.indexOf("{\"clientId\"")) + 1);

        var report = World.post("/api/v1/flows/" + flow + "/dry-run", "application/json", body)
                .body();

        assertThat(report.path("outcome").asString()).as(report.toString()).isEqualTo("completed");
        assertThat(steps(report))
                .containsExactly(
                        "contact completed sample",
                        "held completed sample",
                        "asked failed null",
                        "release completed sample",
                        "refused completed null",
                        "booked skipped null",
                        "told completed sample");
    }

    @Test
    void withoutADraftTheNewestVersionIsTaken() {
        var scene = new FlowScene(TEXT);
        World.post("/api/v1/flows/" + scene.flowId() + "/promote", Json.object());

        assertThat(dryRun(scene, Json.object().set("input", Json.object()))
                        .path("version")
                        .asString())
                .isEqualTo("1.0.0");
    }

    @Test
    void aClientWithoutTheConnectionIsAProblemAndAnotherClientIsNotThere() {
        clients.put(
                TENANT, new Client(new ClientId("cli_dry"), "Dry Dental", ZoneId.of("America/Chicago"), Json.object()));
        var scene = new FlowScene(TEXT);
        var wish = new DryRuns.Wish(null, new ClientId("cli_dry"), null, Json.object(), Map.of());
        var own = new TenantScope(TENANT, Optional.of(new ClientId("cli_dry")));
        var other = new TenantScope(TENANT, Optional.of(new ClientId("cli_harbor")));

        var report = dryRuns.run(own, scene.flowId(), wish);

        assertThat(report.outcome()).isEqualTo("completed");
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missing_binding");
            assertThat(problem.message()).contains("Dry Dental", "messaging");
        });
        assertThatThrownBy(() -> dryRuns.run(other, scene.flowId(), wish))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no client");
    }

    @Test
    void everySampleFitsTheContractItStandsIn() throws IOException {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try (var files = Files.list(Path.of("../../contracts/ports"))) {
            var outputs = files.filter(file -> file.toString().endsWith(".output.schema.json"))
                    .toList();
            assertThat(outputs).hasSizeGreaterThanOrEqualTo(9);
            for (Path file : outputs) {
                var schema = Json.read(Files.readAllBytes(file));
                assertThat(registry.getSchema(schema).validate(schema.at("/examples/0")))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    private static String callOf(FlowScene scene) {
        return callOf(scene, scene.caller().path("slot").asString());
    }

    private static String callOf(FlowScene scene, String slot) {
        var call = scene.caller().deepCopy().put("wantsAppointment", false).put("slot", slot);
        return PhoneCalls.analyzed(PhoneCalls.place(call)).path("id").asString();
    }

    private static JsonNode ranFor(FlowScene scene, String event, String status) {
        var started = World.post(
                "/api/v1/flows/" + scene.flowId() + "/run",
                Json.object().put("clientId", northside()).put("eventId", event));
        return FlowScene.until(started.body().path("runId").asString(), status);
    }

    private static String northside() {
        return World.dev().at("/clients/0/id").asString();
    }

    private static ObjectNode with(FlowScene scene, ObjectNode answers) {
        ObjectNode wish = Json.object().set("input", scene.input());
        return wish.set("answers", answers);
    }

    private static ObjectNode fails(String task, String reason) {
        return Json.object().set(task, Json.object().put("error", reason));
    }

    private static JsonNode dryRun(FlowScene scene, ObjectNode wish) {
        var reply = reply(scene, wish);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply.body();
    }

    private static String code(FlowScene scene, ObjectNode wish) {
        return reply(scene, wish).body().path("code").asString();
    }

    private static World.Reply reply(FlowScene scene, ObjectNode wish) {
        return reply(scene.flowId(), wish);
    }

    private static World.Reply reply(String flowId, ObjectNode wish) {
        return World.post(
                "/api/v1/flows/" + flowId + "/dry-run",
                wish.has("clientId") ? wish : wish.put("clientId", northside()));
    }

    private static List<String> steps(JsonNode report) {
        return StreamSupport.stream(report.path("steps").spliterator(), false)
                .map(step -> step.path("name").asString() + " "
                        + step.path("status").asString() + " "
                        + step.path("source").asString("null"))
                .toList();
    }
}
