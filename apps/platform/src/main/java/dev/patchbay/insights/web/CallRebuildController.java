package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.insights.calls.CallRebuild;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Writes the read model of calls and days again from the facts. */
@RestController
@RequestMapping("/api/v1/calls/rebuild")
class CallRebuildController {

    private final CallRebuild rebuild;

    CallRebuildController(CallRebuild rebuild) {
        this.rebuild = rebuild;
    }

    /** Starts a rebuild in the background. A rebuild that this process is already running continues. */
    @Requires(value = "operate:ingress", tenantWide = true)
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    CallRebuild.Progress start(Caller caller) {
        return rebuild.start(caller.scope().tenant(), caller.subject());
    }

    /** Returns the progress of the last rebuild that this process started. */
    @Requires(value = "operate:ingress", tenantWide = true)
    @GetMapping
    CallRebuild.Progress progress(Caller caller) {
        return rebuild.progress(caller.scope().tenant());
    }
}
