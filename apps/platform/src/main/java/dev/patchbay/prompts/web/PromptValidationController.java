package dev.patchbay.prompts.web;

import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.web.ComputeThreads;
import dev.patchbay.prompts.format.PromptValidation;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checks a prompt file as its release would, and stores nothing. */
@RestController
@RequestMapping("/api/v1/prompts/validate")
class PromptValidationController {

    private final ComputeThreads threads;

    PromptValidationController(ComputeThreads threads) {
        this.threads = threads;
    }

    @Requires("read:prompts")
    @PostMapping(consumes = "text/markdown")
    ValidationResponse validatePrompt(@RequestBody byte[] file) {
        return threads.compute(() ->
                ValidationResponse.of(PromptValidation.validateTemplate(new String(file, StandardCharsets.UTF_8))));
    }
}
