package dev.patchbay.flows;

import static dev.patchbay.testing.FlowFixture.awaitStatus;
import static dev.patchbay.testing.FlowFixture.countBookings;
import static dev.patchbay.testing.FlowFixture.injectFault;
import static dev.patchbay.testing.FlowFixture.post;
import static dev.patchbay.testing.FlowFixture.postAccepted;
import static dev.patchbay.testing.FlowFixture.steps;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** People pause, cancel, approve, reject and settle. */
@PatchbayTest
class RunControlTests {

    private static final ObjectNode NOTHING = Json.object();
    private static final ObjectNode REASON = Json.object().put("reason", "the caller changed their mind");

    private static final String BOOKED_AND_WAITING = """
            do:
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.from }", firstName: Ada, source: test }
              - booking:
                  call: calendar.book
                  with: { contact: "${ $steps.contact.id }", start: "${ $event.slot }", minutes: 30 }
                  metadata: { compensate: calendar.cancel }
              - later: { wait: { hours: 1 } }
              - confirm:
                  call: messaging.sendSms
                  with: { to: "${ $event.from }", text: Booked }
            """;

    @Test
    void aCancelledRunCompensatesItsSteps() {
        var fixture = new FlowFixture(BOOKED_AND_WAITING);
        String id = fixture.startAndAwait("waiting").path("id").asString();
        assertThat(countBookings(id)).isEqualTo(1);

        postAccepted(id, "cancel", REASON);

        var run = awaitStatus(id, "cancelled");
        assertThat(steps(run, 0))
                .containsExactly("contact completed", "booking undone", "later waiting", "undo booking completed");
        assertThat(run.at("/cause/code").asString()).isEqualTo("cancelled");
        assertThat(run.at("/cause/sentence").asString()).contains("changed their mind");
        assertThat(countBookings(id)).isZero();
        assertThat(fixture.countTexts()).isZero();
        assertThat(post(id, "cancel", REASON).status()).isEqualTo(409);
    }

    @Test
    void aReplayRepeatsCompensatedSteps() {
        var fixture = new FlowFixture(BOOKED_AND_WAITING.replace("hours: 1", "seconds: 2"));
        String id = fixture.startAndAwait("waiting").path("id").asString();
        postAccepted(id, "cancel", REASON);
        awaitStatus(id, "cancelled");
        assertThat(countBookings(id)).isZero();

        assertThat(FlowFixture.preview(id, NOTHING))
                .containsExactly("contact reused", "booking runs", "confirm runs_if_reached");
        postAccepted(id, "replay", NOTHING);

        var run = awaitStatus(id, "completed");
        assertThat(steps(run, 1))
                .containsExactly(
                        "contact completed reused", "booking completed", "later completed", "confirm completed");
        assertThat(countBookings(id)).isEqualTo(1);
        assertThat(fixture.countTexts()).isEqualTo(1);
    }

    @Test
    void aRaisedErrorCompensatesTheBooking() {
        var fixture = new FlowFixture(
                BOOKED_AND_WAITING.substring(0, BOOKED_AND_WAITING.indexOf("  - later"))
                        + "  - later: { raise: { error: { type: \"https://x.example/closed\", status: 400, detail: We are closed } } }");
        String id = fixture.start();

        var run = awaitStatus(id, "failed");

        assertThat(steps(run, 0)).containsExactly("contact completed", "booking undone", "undo booking completed");
        assertThat(run.at("/cause/code").asString()).isEqualTo("raised");
        assertThat(run.at("/cause/sentence").asString()).isEqualTo("We are closed");
        assertThat(countBookings(id)).isZero();
    }

    @Test
    void aStoppedCompensationIsADeadLetterAndContinuesByReplay() {
        var fixture = new FlowFixture(BOOKED_AND_WAITING);
        String id = fixture.startAndAwait("waiting").path("id").asString();
        injectFault("google", "events.delete", "500", 20);
        postAccepted(id, "cancel", REASON);
        var stopped = awaitStatus(id, "parked");
        assertThat(stopped.path("ending").asString()).isEqualTo("cancelled");
        assertThat(post(id, "cancel", REASON).status()).isEqualTo(409);
        FlowFixture.removeFaults();

        postAccepted(id, "replay", NOTHING);

        awaitStatus(id, "cancelled");
        assertThat(countBookings(id)).isZero();
    }

    @Test
    void aResumedRunContinuesWhereItWas() {
        var fixture = new FlowFixture(BOOKED_AND_WAITING.replace("hours: 1", "milliseconds: 500"));
        String id = fixture.startAndAwait("waiting").path("id").asString();

        postAccepted(id, "pause", NOTHING);
        awaitStatus(id, "paused");
        assertThat(post(id, "pause", NOTHING).status()).isEqualTo(409);
        postAccepted(id, "resume", NOTHING);

        awaitStatus(id, "completed");
        assertThat(post(id, "resume", NOTHING).status()).isEqualTo(409);
        assertThat(fixture.countTexts()).isEqualTo(1);
        assertThat(fixture.countContacts()).isEqualTo(1);
    }

    @Test
    void anApprovalContinuesTheRun() {
        var fixture = new FlowFixture("""
                do:
                  - question:
                      call: person.approve
                      with: { question: "Text the caller?" }
                  - text:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: "${ $steps.question.reason }" }
                """);
        String id = fixture.startAndAwait("waiting").path("id").asString();
        assertThat(post(id, "approve", Json.object()).status()).isEqualTo(422);
        assertThat(post(id, "approve", Json.object().put("step", "text")).status())
                .isEqualTo(409);
        postAccepted(id, "pause", NOTHING);

        postAccepted(id, "approve", Json.object().put("step", "question").put("reason", "go ahead"));
        awaitStatus(id, "paused");
        postAccepted(id, "resume", NOTHING);

        var run = awaitStatus(id, "completed");
        assertThat(run.at("/steps/0/output/approved").asBoolean()).isTrue();
        assertThat(run.at("/steps/0/output/by").asString()).isNotBlank();
        assertThat(fixture.countTexts()).isEqualTo(1);
    }

    @Test
    void aRejectionFailsTheRunUnlessTheFlowCatchesIt() {
        var asks = """
                do:
                  - question:
                      call: person.approve
                      with: { question: "Text the caller?" }
                """;
        var fixture = new FlowFixture(asks);
        String id = fixture.startAndAwait("waiting").path("id").asString();
        assertThat(post(id, "reject", Json.object().put("step", "question")).status())
                .isEqualTo(422);
        postAccepted(id, "reject", Json.object().put("step", "question").put("reason", "not now"));
        var run = awaitStatus(id, "failed");
        assertThat(run.at("/cause/code").asString()).isEqualTo("rejected");
        assertThat(run.at("/cause/sentence").asString()).isEqualTo("A person rejected “question”: not now");

        var handled = new FlowFixture("""
                do:
                  - asking:
                      try:
                        - question:
                            call: person.approve
                            with: { question: "Text the caller?" }
                      catch:
                        errors: { with: { status: 403 } }
                        do:
                          - noted: { set: { said: "${ $error.detail }" } }
                """);
        String other = handled.startAndAwait("waiting").path("id").asString();
        postAccepted(other, "reject", Json.object().put("step", "question").put("reason", "not now"));
        assertThat(awaitStatus(other, "completed").at("/output/said").asString())
                .isEqualTo("not now");
    }

    @Test
    void anUnansweredApprovalParksTheRun() {
        var fixture = new FlowFixture("""
                do:
                  - question:
                      call: person.approve
                      with: { question: "Text the caller?" }
                      timeout: { after: { milliseconds: 400 } }
                """);

        var run = fixture.startAndAwait("parked");

        assertThat(run.at("/cause/sentence").asString()).startsWith("The question “Text the caller?” was not answered");
        assertThat(run.at("/output/status").asInt()).isEqualTo(408);
    }

    @Test
    void aPersonSettlesAnUnknownOutcome() {
        var fixture = new FlowFixture("""
                do:
                  - text:
                      call: messaging.sendSms
                      with: { to: "${ $event.from }", text: hello }
                      metadata: { onUnknown: ask }
                """);
        injectFault("twilio", "messages.create", "lost_response", 1);
        String id = fixture.startAndAwait("parked").path("id").asString();
        var parked = awaitStatus(id, "parked");
        assertThat(parked.at("/cause/code").asString()).isEqualTo("unknown_outcome");
        assertThat(parked.at("/steps/0/effect/waitsForPerson").asBoolean()).isTrue();

        assertThat(post(id, "steps/text/settle", NOTHING).status()).isEqualTo(422);
        assertThat(post(id, "steps/other/settle", Json.object().put("done", false))
                        .status())
                .isEqualTo(409);
        var wrong = Json.object().put("done", true);
        wrong.putObject("output").put("id", 7);
        assertThat(post(id, "steps/text/settle", wrong).status()).isEqualTo(422);
        var done = Json.object().put("done", true);
        done.putObject("output").put("id", "SM1").put("status", "queued");
        postAccepted(id, "steps/text/settle", done);

        assertThat(awaitStatus(id, "completed").at("/output/id").asString()).isEqualTo("SM1");
        assertThat(fixture.countTexts()).isEqualTo(1);
    }

    @Test
    void anUnknownRunIsNotFound() {
        assertThat(post("run_none", "pause", NOTHING).status()).isEqualTo(404);
    }
}
