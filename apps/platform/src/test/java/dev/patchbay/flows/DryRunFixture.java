package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A flow, its answers and its reports for tests of dry runs. */
final class DryRunFixture {

    static final String ON_CALL = """
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

    private DryRunFixture() {}

    static String callOf(FlowFixture fixture) {
        return callOf(fixture, fixture.caller().path("slot").asString());
    }

    static String callOf(FlowFixture fixture, String slot) {
        var call = fixture.caller().deepCopy().put("wantsAppointment", false).put("slot", slot);
        return PhoneCalls.analyzed(PhoneCalls.place(call)).path("id").asString();
    }

    static JsonNode ranFor(FlowFixture fixture, String event, String status) {
        var started = TestEnvironment.post(
                "/api/v1/flows/" + fixture.flowId() + "/run",
                Json.object().put("clientId", northside()).put("eventId", event));
        return FlowFixture.awaitStatus(started.body().path("runId").asString(), status);
    }

    static String northside() {
        return TestEnvironment.dev().at("/clients/0/id").asString();
    }

    static ObjectNode with(FlowFixture fixture, ObjectNode answers) {
        ObjectNode request = Json.object().set("input", fixture.input());
        return request.set("answers", answers);
    }

    static ObjectNode fails(String task, String reason) {
        return Json.object().set(task, Json.object().put("error", reason));
    }

    static JsonNode dryRun(FlowFixture fixture, ObjectNode request) {
        var reply = reply(fixture, request);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return reply.body();
    }

    static String code(FlowFixture fixture, ObjectNode request) {
        return reply(fixture, request).body().path("code").asString();
    }

    static TestEnvironment.Reply reply(FlowFixture fixture, ObjectNode request) {
        return reply(fixture.flowId(), request);
    }

    static TestEnvironment.Reply reply(String flowId, ObjectNode request) {
        return TestEnvironment.post(
                "/api/v1/flows/" + flowId + "/dry-run",
                request.has("clientId") ? request : request.put("clientId", northside()));
    }

    static List<String> steps(JsonNode report) {
        return StreamSupport.stream(report.path("steps").spliterator(), false)
                .map(step -> step.path("name").asString() + " "
                        + step.path("status").asString() + " "
                        + step.path("source").asString("null"))
                .toList();
    }
}
