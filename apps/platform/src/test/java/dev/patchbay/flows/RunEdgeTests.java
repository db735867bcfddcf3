package dev.patchbay.flows;

import static dev.patchbay.testing.FlowFixture.awaitStatus;
import static dev.patchbay.testing.FlowFixture.countBookings;
import static dev.patchbay.testing.FlowFixture.injectFault;
import static dev.patchbay.testing.FlowFixture.post;
import static dev.patchbay.testing.FlowFixture.postAccepted;
import static dev.patchbay.testing.FlowFixture.preview;
import static dev.patchbay.testing.FlowFixture.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Time limits, previews of every kind, and compensation of unknown outcomes. */
@PatchbayTest
class RunEdgeTests {

    private static final ObjectNode UNCHANGED = Json.object();
    private static final ObjectNode REASON = Json.object().put("reason", "a test");

    private static final String BOOKING = """
            do:
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.from }", firstName: "${ $event.name // \\"Ada\\" }", source: test }
              - booking:
                  call: calendar.book
                  with: { contact: "${ $steps.contact.id }", start: "${ $event.slot }", minutes: 30 }
                  metadata: { compensate: calendar.cancel }
              - confirm:
                  call: messaging.sendSms
                  with: { to: "${ $event.from }", text: Booked }
            """;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void heal() {
        FlowFixture.removeFaults();
    }

    @Test
    void aPreviewShowsWhereTheFlowWouldStopAgain() {
        var raises = new FlowFixture("""
                do:
                  - nap: { wait: { seconds: 0 } }
                  - refuse: { raise: { error: { type: "https://x.example/closed", status: 400, detail: We are closed } } }
                """);
        String id = raises.startAndAwait("failed").path("id").asString();
        assertThat(preview(id, UNCHANGED)).containsExactly("nap reused", "refuse runs");

        var asks = new FlowFixture("""
                do:
                  - question:
                      call: person.approve
                      with: { question: "Really?" }
                      timeout: { after: { milliseconds: 100 } }
                """);
        assertThat(preview(asks.startAndAwait("parked").path("id").asString(), UNCHANGED))
                .containsExactly("question runs");

        var waits = new FlowFixture(
                "timeout: { after: P1D }\\ndo:\\n  - group:\\n      timeout: { after: PT5H }\\n      do:\\n"
                                .replace("\\n", "\n")
                        + "        - long: { wait: { hours: 1 } }\n");
        String waiting = waits.startAndAwait("waiting").path("id").asString();
        postAccepted(waiting, "cancel", REASON);
        awaitStatus(waiting, "cancelled");
        assertThat(preview(waiting, UNCHANGED)).containsExactly("long runs");
    }

    @Test
    void aPreviewShowsReadsAndSettledEffects() {
        var reads = new FlowFixture("""
                do:
                  - slots:
                      call: calendar.findSlots
                      with: { from: "2031-01-01T09:00:00Z", to: "2031-01-02T09:00:00Z", minutes: 30 }
                """);
        injectFault("google", "events.list", "500", 3);
        assertThat(preview(reads.startAndAwait("parked").path("id").asString(), UNCHANGED))
                .containsExactly("slots runs");

        var fixture = new FlowFixture(BOOKING);
        String id = fixture.startAndAwait("completed").path("id").asString();
        var again = Json.object();
        again.putArray("repeat").add("contact");
        assertThat(preview(id, again))
                .containsExactly("contact runs", "booking reused_if_reached", "confirm reused_if_reached");
        var edited = Json.object().set("input", fixture.input().put("name", "Grace"));
        assertThat(preview(id, edited)).containsExactly("contact reused", "booking reused", "confirm reused");
    }

    @Test
    void anEffectThatAPersonSettlesAsNotDoneIsSentAgain() {
        var fixture = new FlowFixture("""
                do:
                  - text:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: hello }
                      metadata: { onUnknown: fail }
                """);
        injectFault("twilio", "messages.create", "lost_response", 1);
        String id = fixture.startAndAwait("parked").path("id").asString();
        assertThat(preview(id, UNCHANGED)).containsExactly("text waits_for_person");

        postAccepted(id, "steps/text/settle", Json.object().put("done", false));

        awaitStatus(id, "completed");
        assertThat(post(id, "steps/text/settle", Json.object().put("done", false))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aCancellationLooksUpUnknownOutcomesBeforeCompensation() {
        var fixture = new FlowFixture(BOOKING);
        injectFault("google", "events.insert", "lost_response", 1);
        injectFault("google", "events.get", "500", 20);
        String id = fixture.startAndAwait("parked").path("id").asString();
        var again = Json.object();
        again.putArray("repeat").add("contact");
        assertThat(preview(id, again))
                .containsExactly("contact runs", "booking looked_up_if_reached", "confirm runs_if_reached");
        FlowFixture.removeFaults();

        postAccepted(id, "cancel", REASON);

        assertThat(steps(awaitStatus(id, "cancelled"), 0))
                .containsExactly("contact completed", "booking undone", "undo booking completed");
        assertThat(countBookings(id)).isZero();
    }

    @Test
    void aRejectedEffectIsNotCompensated() {
        var booked = new FlowFixture(BOOKING);
        booked.startAndAwait("completed");
        var fixture = new FlowFixture(BOOKING);
        String id = awaitStatus(
                        fixture.start(fixture.input()
                                .put("slot", booked.caller().path("slot").asString())),
                        "parked")
                .path("id")
                .asString();

        postAccepted(id, "cancel", REASON);

        assertThat(steps(awaitStatus(id, "cancelled"), 0)).containsExactly("contact completed", "booking failed");
    }

    @Test
    void aReplayRestartsAFailedCompensationAndNothingElse() {
        var fixture = new FlowFixture(BOOKING.replace("  - confirm", "  - later: { wait: { hours: 1 } }\n  - confirm"));
        String id = fixture.startAndAwait("waiting").path("id").asString();
        injectFault("google", "events.delete", "429", 20);
        postAccepted(id, "cancel", REASON);
        var stopped = awaitStatus(id, "parked");
        assertThat(stopped.at("/cause/step").asString()).isEqualTo("undo booking");
        assertThat(preview(id, UNCHANGED)).containsExactly("undo runs");
        assertThat(post(id, "replay", Json.object().put("version", "1.0.0")).status())
                .isEqualTo(409);
        FlowFixture.removeFaults();

        postAccepted(id, "replay", UNCHANGED);

        assertThat(awaitStatus(id, "cancelled").at("/cause/sentence").asString())
                .isEqualTo("a test");
        assertThat(countBookings(id)).isZero();
    }

    @Test
    void aGroupTimesOutBeforeItsNextStep() {
        var fixture = new FlowFixture("""
                do:
                  - attempt:
                      try:
                        - group:
                            timeout: { after: { milliseconds: 150 } }
                            do:
                              - contact:
                                  call: crm.upsertContact
                                  with: { phone: "${ $event.from }", firstName: Ada, source: test }
                              - text:
                                  call: messaging.sendSms
                                  with: { to: "${ $event.from }", text: hello }
                      catch:
                        errors: { with: { status: 408 } }
                        do:
                          - noted: { set: { said: "${ $error.detail }" } }
                """);
        injectFault("highlevel", "contacts.create", "slow", 1, 400);

        var run = fixture.startAndAwait("completed");

        assertThat(run.at("/output/said").asString()).contains("group");
        assertThat(fixture.countTexts()).isZero();
    }

    @Test
    void skippedStepsAndGroupsSurviveAWait() {
        var fixture = new FlowFixture("""
                do:
                  - never: { if: "${ false }", set: { x: 1 } }
                  - group:
                      timeout: { after: PT1H }
                      do:
                        - nap: { wait: { milliseconds: 100 } }
                        - done: { set: { reached: true } }
                """);

        assertThat(steps(fixture.startAndAwait("completed"), 0))
                .containsExactly("never skipped", "group running", "nap completed", "done completed");
    }

    @Test
    void aRetryHasConditionsATimeLimitAndJitter() {
        String retrying = """
                do:
                  - attempt:
                      try:
                        - refuse: { raise: { error: { type: "https://x.example/no", status: %s, detail: No } } }
                      catch:
                        retry:
                          when: "$error.status < 500"
                          exceptWhen: "$error.status == 404"
                          delay: { milliseconds: 100 }
                          backoff: { linear: {} }
                          limit: { attempt: { count: 3 }, duration: { seconds: %s } }
                          jitter: { from: { milliseconds: 0 }, to: { milliseconds: 20 } }
                        do:
                          - noted: { set: { gave: up } }
                """;
        assertThat(refusals(retrying.formatted(400, 30))).isEqualTo(2);
        assertThat(refusals(retrying.formatted(404, 30))).isZero();
        assertThat(refusals(retrying.formatted(500, 30))).isZero();
        assertThat(refusals(retrying.formatted(400, 0))).isZero();
    }

    private static long refusals(String tasks) {
        return steps(new FlowFixture(tasks).startAndAwait("completed"), 0).stream()
                .filter(step -> step.startsWith("attempt again"))
                .count();
    }

    @Test
    void aMissingFunctionParksTheRunAsABug() {
        var fixture = new FlowFixture("do:\n  - long: { wait: { hours: 1 } }\n");
        String id = fixture.startAndAwait("waiting").path("id").asString();
        tenancy.inTenant(new TenantId("tnt_demo"), () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
                            VALUES ('tnt_demo', :flow, '9.0.0', 'retired', :source, '')""").param("flow", fixture.flowId()).param("source", """
                            document: { dsl: 1.0.3, namespace: test, name: gone, version: 9.0.0 }
                            do:
                              - gone: { call: crm.gone, with: { id: x } }
                            """).update();
            jdbc.sql("""
                            UPDATE patchbay.run SET version = '9.0.0', wake_at = clock_timestamp()
                            WHERE tenant_id = 'tnt_demo' AND run_id = :run""").param("run", id).update();
        });

        var run = awaitStatus(id, "parked");

        assertThat(run.at("/cause/code").asString()).isEqualTo("bug");
        assertThat(run.at("/cause/sentence").asString()).contains("Patchbay made a mistake");
    }

    @Test
    void aReplayOnAnotherVersionRunsNewTasksOnly() {
        var fixture = new FlowFixture("do:\n  - one: { set: { x: 1 } }\n");
        String id = fixture.startAndAwait("completed").path("id").asString();
        fixture.addVersion("1.1.0", """
                do:
                  - one: { set: { x: 1 } }
                  - text:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: hello }
                """);

        postAccepted(id, "replay", Json.object().put("version", "1.1.0").put("reason", "now with a text"));

        awaitStatus(id, "completed");
        assertThat(fixture.countTexts()).isEqualTo(1);
        assertThat(post(id, "cancel", Json.object()).status()).isEqualTo(422);
        assertThat(post(id, "approve", Json.object().put("step", "x").put("reason", "y".repeat(2_000)))
                        .status())
                .isEqualTo(422);
    }
}
