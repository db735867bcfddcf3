package dev.patchbay.prompts.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.prompts.PromptInstances;
import dev.patchbay.prompts.PromptInstances.ReleaseView;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Decides on releases of clients' prompts. */
@RestController
@RequestMapping("/api/v1/prompts/releases/{id}")
class PromptReleaseController {

    private final PromptInstances instances;

    PromptReleaseController(PromptInstances instances) {
        this.instances = instances;
    }

    @Requires("approve:prompts")
    @PostMapping("/approve")
    ReleaseView approveRelease(Caller caller, @PathVariable String id) {
        return instances.approve(caller.scope(), caller.subject(), PathIds.releaseId(id));
    }

    @Requires("write:prompts")
    @PostMapping("/withdraw")
    ReleaseView withdrawRelease(Caller caller, @PathVariable String id) {
        return instances.withdraw(caller.scope(), caller.subject(), PathIds.releaseId(id));
    }
}
