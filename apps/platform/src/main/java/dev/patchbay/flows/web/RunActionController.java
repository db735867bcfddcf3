package dev.patchbay.flows.web;

import dev.patchbay.flows.internal.run.RunControl;
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

/** What a person does with a run under way, or with one that asks. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@ResponseStatus(HttpStatus.ACCEPTED)
class RunActionController {

    private static final int LONGEST = 1_000;

    private final RunControl control;

    RunActionController(RunControl control) {
        this.control = control;
    }

    /** @param reason why, for those who read it later */
    record Why(@Nullable String reason) {}

    /** @param step the task's name */
    record Reply(@Nullable String step, @Nullable String reason) {}

    /**
     * @param done whether it was done
     * @param output what it returned, as the function's contract says; of one that was done
     */
    record Finding(@Nullable Boolean done, @Nullable JsonNode output) {}

    @Requires("run:flows")
    @PostMapping("/pause")
    void pause(Caller caller, @PathVariable String id) {
        control.pause(caller.scope(), caller.subject(), id);
    }

    @Requires("run:flows")
    @PostMapping("/resume")
    void resume(Caller caller, @PathVariable String id) {
        control.resume(caller.scope(), caller.subject(), id);
    }

    @Requires("run:flows")
    @PostMapping("/cancel")
    void cancel(Caller caller, @PathVariable String id, @RequestBody Why why) {
        control.cancel(caller.scope(), caller.subject(), id, given("reason", why.reason()));
    }

    @Requires("run:flows")
    @PostMapping("/approve")
    void approve(Caller caller, @PathVariable String id, @RequestBody Reply reply) {
        control.answer(
                caller.scope(),
                caller.subject(),
                id,
                given("step", reply.step()),
                true,
                reply.reason() == null ? "" : given("reason", reply.reason()));
    }

    @Requires("run:flows")
    @PostMapping("/reject")
    void reject(Caller caller, @PathVariable String id, @RequestBody Reply reply) {
        control.answer(
                caller.scope(),
                caller.subject(),
                id,
                given("step", reply.step()),
                false,
                given("reason", reply.reason()));
    }

    @Requires("run:flows")
    @PostMapping("/steps/{task}/settle")
    void settle(Caller caller, @PathVariable String id, @PathVariable String task, @RequestBody Finding finding) {
        Boolean done = finding.done();
        if (done == null || (done && finding.output() == null)) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "Say done: false, or done: true with the output the step is to have.");
        }
        control.settle(caller.scope(), caller.subject(), id, task, done ? finding.output() : null);
    }

    private static String given(String member, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID, "Give " + member + ", in " + LONGEST + " characters at most.");
        }
        return text;
    }
}
