package dev.patchbay.flows.web;

import dev.patchbay.flows.run.ManualDecisions;
import dev.patchbay.flows.run.RunControl;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Pauses, resumes and cancels runs, and takes the decisions that they wait for. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@ResponseStatus(HttpStatus.ACCEPTED)
class RunActionController {

    private static final int MAX_CHARACTERS = 1_000;

    private final RunControl control;
    private final ManualDecisions decisions;

    RunActionController(RunControl control, ManualDecisions decisions) {
        this.control = control;
        this.decisions = decisions;
    }

    /** @param reason for those who read it later */
    record CancelRequest(@Nullable String reason) {}

    /**
     * @param step the task's name
     * @param reason for the flow, and for those who read it later; of a rejection it must be given
     */
    record DecisionRequest(@Nullable String step, @Nullable String reason) {}

    /**
     * @param done whether it happened at the provider
     * @param output what the function returned, as its contract says, where it happened
     */
    record SettleRequest(@Nullable Boolean done, @Nullable JsonNode output) {}

    @Requires("run:flows")
    @PostMapping("/pause")
    void pause(Caller caller, @PathVariable String id) {
        control.pause(caller.scope(), caller.subject(), PathIds.runId(id));
    }

    @Requires("run:flows")
    @PostMapping("/resume")
    void resume(Caller caller, @PathVariable String id) {
        control.resume(caller.scope(), caller.subject(), PathIds.runId(id));
    }

    @Requires("run:flows")
    @PostMapping("/cancel")
    void cancel(Caller caller, @PathVariable String id, @RequestBody CancelRequest request) {
        control.cancel(caller.scope(), caller.subject(), PathIds.runId(id), requireText("reason", request.reason()));
    }

    @Requires("run:flows")
    @PostMapping("/approve")
    void approve(Caller caller, @PathVariable String id, @RequestBody DecisionRequest request) {
        decisions.approve(
                caller.scope(),
                caller.subject(),
                PathIds.runId(id),
                requireText("step", request.step()),
                request.reason() == null ? "" : requireText("reason", request.reason()));
    }

    @Requires("run:flows")
    @PostMapping("/reject")
    void reject(Caller caller, @PathVariable String id, @RequestBody DecisionRequest request) {
        decisions.reject(
                caller.scope(),
                caller.subject(),
                PathIds.runId(id),
                requireText("step", request.step()),
                requireText("reason", request.reason()));
    }

    @Requires("run:flows")
    @PostMapping("/steps/{task}/settle")
    void settle(Caller caller, @PathVariable String id, @PathVariable String task, @RequestBody SettleRequest request) {
        Boolean done = request.done();
        if (done == null || (done && request.output() == null)) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Say done: false, or done: true with the output the step is to have.");
        }
        decisions.settle(caller.scope(), caller.subject(), PathIds.runId(id), task, done ? request.output() : null);
    }

    private static String requireText(String member, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > MAX_CHARACTERS) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Give " + member + ", in " + MAX_CHARACTERS + " characters at most.");
        }
        return text;
    }
}
