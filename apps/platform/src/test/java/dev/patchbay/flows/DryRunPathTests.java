package dev.patchbay.flows;

import static dev.patchbay.flows.DryRunFixture.ON_CALL;
import static dev.patchbay.flows.DryRunFixture.dryRun;
import static dev.patchbay.flows.DryRunFixture.fails;
import static dev.patchbay.flows.DryRunFixture.reply;
import static dev.patchbay.flows.DryRunFixture.steps;
import static dev.patchbay.flows.DryRunFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import org.junit.jupiter.api.Test;

/** The answers of a dry run decide its path. */
@PatchbayTest
class DryRunPathTests {

    @Test
    void givenAnswersChangeThePath() {
        var fixture = new FlowFixture("""
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

        assertThat(steps(dryRun(fixture, Json.object().set("input", fixture.input()))))
                .containsExactly("slots completed sample", "any completed null", "text completed sample");
        assertThat(steps(dryRun(fixture, with(fixture, none))))
                .containsExactly(
                        "slots completed given", "any completed null", "sorry completed sample", "never skipped null");
        var misfit = dryRun(fixture, with(fixture, wrong));
        assertThat(misfit.at("/problems/0/code").asString()).isEqualTo("answer_misfit");
        assertThat(misfit.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(fixture.countTexts()).isZero();
    }

    @Test
    void aGivenFailureIsCaughtByTheFlow() {
        var fixture = new FlowFixture("""
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

        assertThat(steps(dryRun(fixture, with(fixture, fails("booking", "no_slot")))))
                .containsExactly("booking failed null", "text completed sample");
        var other = dryRun(fixture, with(fixture, fails("booking", "provider_down")));
        assertThat(other.path("outcome").asString()).isEqualTo("provider_down");
        assertThat(other.at("/error/title").asString()).isEqualTo("provider_down");
        assertThat(reply(fixture, with(fixture, fails("booking", "sunday")))
                        .body()
                        .path("detail")
                        .asString())
                .contains("sunday", "no_slot");
        assertThat(reply(fixture, with(fixture, fails("attempt", "no_slot")))
                        .body()
                        .path("detail")
                        .asString())
                .contains("attempt", "booking, text");
    }

    @Test
    void aRaisedErrorFailsUnlessItIsCaught() {
        String raise =
                "{ raise: { error: { type: \"https://x.example/closed\", status: 400, detail: We are closed } } }";
        var loud = new FlowFixture("do:\n  - closed: " + raise + "\n");
        var caught = new FlowFixture("do:\n  - attempt:\n      try:\n        - closed: " + raise
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
    void anInvalidInputEndsTheDryRun() {
        var report = dryRun(new FlowFixture(ON_CALL), Json.object().set("input", Json.object()));

        assertThat(report.path("outcome").asString()).isEqualTo("bad_input");
        assertThat(steps(report)).containsExactly("contact failed null");
        assertThat(report.at("/steps/0/sentence")).isEqualTo(report.at("/error/detail"));
    }

    @Test
    void approvalsAreTakenAsGivenUnlessRejected() {
        var fixture = new FlowFixture("do:\n  - ask: { call: person.approve, with: { question: \"Go on?\" } }\n");
        var yes = Json.object();
        yes.putObject("ask").put("by", "usr_ada");
        var no = Json.object();
        no.putObject("ask").put("approved", false).put("reason", "Too dear");
        var noReason = Json.object();
        noReason.putObject("ask").put("approved", false);

        assertThat(steps(dryRun(fixture, Json.object().set("input", fixture.input()))))
                .containsExactly("ask completed sample");
        assertThat(dryRun(fixture, with(fixture, yes)).at("/output/by").asString())
                .isEqualTo("usr_ada");
        var rejected = dryRun(fixture, with(fixture, no));
        assertThat(rejected.path("outcome").asString()).isEqualTo("failed");
        assertThat(rejected.at("/error/detail").asString()).isEqualTo("Too dear");
        assertThat(dryRun(fixture, with(fixture, noReason)).at("/error/detail").asString())
                .isEqualTo("Rejected, as given.");
    }

    @Test
    void waitsElapseAtOnceButTimeLimitsHold() {
        String tasks = "do:\n  - long: { wait: { hours: 2 } }\n  - after: { set: { a: 1 } }\n";
        var patient = new FlowFixture(tasks);
        var hurried = new FlowFixture("timeout: { after: { hours: 1 } }\n" + tasks);
        var group = new FlowFixture(
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
}
