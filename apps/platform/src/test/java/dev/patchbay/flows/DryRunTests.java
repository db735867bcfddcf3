package dev.patchbay.flows;

import static dev.patchbay.flows.DryRunFixture.ON_CALL;
import static dev.patchbay.flows.DryRunFixture.callOf;
import static dev.patchbay.flows.DryRunFixture.code;
import static dev.patchbay.flows.DryRunFixture.dryRun;
import static dev.patchbay.flows.DryRunFixture.ranFor;
import static dev.patchbay.flows.DryRunFixture.reply;
import static dev.patchbay.flows.DryRunFixture.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.flows.run.DryRuns;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Dry runs execute a flow and change nothing. */
@PatchbayTest
class DryRunTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    private static final String TEXT = """
            do:
              - text: { call: messaging.sendSms, with: { to: "+13125550187", text: Hello } }
            """;

    @Autowired
    private DryRuns dryRuns;

    @Autowired
    private Clients clients;

    @Test
    void aDraftGetsTheRecordedResponsesOfTheEventsRun() {
        var fixture = new FlowFixture(ON_CALL);
        String event = callOf(fixture);
        var run = ranFor(fixture, event, "completed");
        fixture.addVersion(
                "1.1.0",
                ON_CALL.replace("Booked for", "See you on")
                        + "  - note: { set: { id: \"${ $steps.booking.id }\" } }\n"
                        + "  - again: { call: crm.getContact, with: { id: \"${ $steps.contact.id }\" } }\n");

        var report = dryRun(fixture, Json.object().put("eventId", event));

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
        assertThat(FlowFixture.countBookings(run.path("id").asString())).isEqualTo(1);
        assertThat(fixture.countContacts()).isEqualTo(1);
        assertThat(fixture.countTexts()).isEqualTo(1);
        assertThat(TestEnvironment.get("/api/v1/runs?correlationId="
                                + run.path("correlationId").asString())
                        .body()
                        .path("items"))
                .as("a dry run is no run")
                .hasSize(1);
    }

    @Test
    void aRecordedFailureCountsOnlyForItsInput() {
        var fixture = new FlowFixture(ON_CALL);
        String event = callOf(fixture, "2020-01-06T10:00:00-06:00");
        ranFor(fixture, event, "parked");
        fixture.addVersion("1.1.0", ON_CALL.replace("minutes: 30", "minutes: 45"));

        var same = dryRun(fixture, Json.object().put("eventId", event).put("version", "1.0.0"));
        var mended = dryRun(fixture, Json.object().put("eventId", event));

        assertThat(same.path("outcome").asString()).isEqualTo("no_slot");
        assertThat(same.at("/error/detail").asString()).contains("in the past");
        assertThat(steps(same)).containsExactly("contact completed recorded", "booking failed null");
        assertThat(mended.path("outcome").asString()).isEqualTo("completed");
        assertThat(steps(mended))
                .containsExactly("contact completed recorded", "booking completed sample", "confirm completed sample");
    }

    @Test
    void erasedRunsHaveNoRecordedResponses() {
        var fixture = new FlowFixture(TEXT);
        String event = callOf(fixture);
        ranFor(fixture, event, "completed");
        assertThat(steps(dryRun(fixture, Json.object().put("eventId", event))))
                .containsExactly("text completed recorded");
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        TestEnvironment.post("/api/v1/erasures", Json.object().put("phone", fixture.phone()))
                                        .status()
                                == 200);

        var report = dryRun(fixture, Json.object().put("eventId", event));

        assertThat(steps(report)).containsExactly("text completed sample");
    }

    @Test
    void unknownFlowsClientsAndTasksAreReported() {
        var fixture = new FlowFixture(TEXT);
        var input = Json.object().set("input", Json.object());

        assertThat(reply("flw_none", input).body().path("code").asString()).isEqualTo("404.flow_not_found");
        assertThat(code(fixture, Json.object().put("eventId", "evt_none"))).isEqualTo("404.event_not_found");
        assertThat(code(fixture, Json.object().put("clientId", "cli_none").set("input", Json.object())))
                .isEqualTo("404.client_not_found");
        assertThat(code(fixture, Json.object().putNull("clientId"))).isEqualTo("422.variables_invalid");
        assertThat(code(fixture, Json.object())).isEqualTo("422.variables_invalid");
        assertThat(code(fixture, Json.object().put("version", "9.9.9").set("input", Json.object())))
                .isEqualTo("422.variables_invalid");
    }

    @Test
    void theExampleOfTheDocumentationWorks() throws IOException {
        String file = Files.readString(Path.of("../../flows/valid/ask-first.yaml"));
        String flow = TestEnvironment.post(
                        "/api/v1/flows", "application/yaml", file.replace("name: ask-first", "name: ask-first-dry"))
                .body()
                .path("id")
                .asString();
        String docs = Files.readString(Path.of("../../docs/flow-versions.md"));
        String body =
                docs.substring(docs.indexOf("{\"clientId\""), docs.indexOf("}'", docs.indexOf("{\"clientId\"")) + 1);

        var report = TestEnvironment.post("/api/v1/flows/" + flow + "/dry-run", "application/json", body)
                .body();

        assertThat(report.path("outcome").asString()).as(report.toString()).isEqualTo("completed");
        assertThat(steps(report))
                .containsExactly(
                        "contact completed sample",
                        "held completed sample",
                        "approval failed null",
                        "release completed sample",
                        "refused completed null",
                        "booked skipped null",
                        "confirmation completed sample");
    }

    @Test
    void theNewestVersionRunsWhereThereIsNoDraft() {
        var fixture = new FlowFixture(TEXT);
        TestEnvironment.post("/api/v1/flows/" + fixture.flowId() + "/promote", Json.object());

        assertThat(dryRun(fixture, Json.object().set("input", Json.object()))
                        .path("version")
                        .asString())
                .isEqualTo("1.0.0");
    }

    @Test
    void aMissingConnectionIsReportedAndClientsOutsideTheScopeAreNotFound() {
        clients.put(
                TENANT,
                new Client(new ClientId("cli_trial"), "Dry Dental", ZoneId.of("America/Chicago"), Json.object()));
        var fixture = new FlowFixture(TEXT);
        var options = new DryRuns.DryRunOptions(null, new ClientId("cli_trial"), null, Json.object(), Map.of());
        var own = TenantScope.of(TENANT);
        var other = TenantScope.of(TENANT, new ClientId("cli_harbor"));

        var report = dryRuns.run(own, "tok_test", new FlowId(fixture.flowId()), options);

        assertThat(report.outcome()).isEqualTo("completed");
        assertThat(report.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("missing_binding");
            assertThat(problem.message()).contains("Dry Dental", "messaging");
        });
        assertThatThrownBy(() -> dryRuns.run(other, "tok_test", new FlowId(fixture.flowId()), options))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no flow");
    }

    @Test
    void everySampleFitsItsContract() throws IOException {
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
}
