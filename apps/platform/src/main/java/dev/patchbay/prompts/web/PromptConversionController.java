package dev.patchbay.prompts.web;

import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.prompts.format.PromptFormat;
import dev.patchbay.prompts.format.PromptProblem;
import dev.patchbay.prompts.format.PromptRenderer;
import dev.patchbay.prompts.format.PromptValidation;
import dev.patchbay.prompts.format.RetellObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts Retell's objects to a prompt file and back, and stores nothing. */
@RestController
@RequestMapping("/api/v1/prompts")
class PromptConversionController {

    private static final String DEFAULT_NAME = "imported-prompt";

    /** A prompt file, with warnings. */
    record ImportResponse(String source, List<PromptProblem> problems) {}

    /** Takes {@code {name?, agent, llm}}, or {@code conversation_flow} (or {@code flow}) in place of {@code llm}. */
    @Requires("read:prompts")
    @PostMapping("/import")
    ImportResponse importObjects(@RequestBody ObjectNode bundle) {
        String source = RetellObjects.readBundle(bundle.path("name").asString(DEFAULT_NAME), bundle)
                .map(PromptFormat::write)
                .orElseThrow(() -> new Problem(
                        ProblemType.SCHEMA_VIOLATION, "Give `agent`, and `llm` or `conversation_flow`, as objects."));
        return new ImportResponse(source, requireValid(source).problems());
    }

    /** Answers {@code {agent, llm}} or {@code {agent, conversation_flow}}; addresses and secrets stay named. */
    @Requires("read:prompts")
    @PostMapping(path = "/export", consumes = "text/markdown")
    JsonNode exportObjects(@RequestBody byte[] file) {
        var report = requireValid(new String(file, StandardCharsets.UTF_8));
        var rendered = report.rendered().orElseThrow();
        ObjectNode bundle = Json.object();
        bundle.set("agent", PromptRenderer.resolve(rendered.agent(), name -> Optional.of("%" + name)));
        bundle.set(
                report.file().orElseThrow().engine().bundleMember(),
                PromptRenderer.resolve(rendered.engine(), name -> Optional.of("%" + name)));
        return bundle;
    }

    private static PromptValidation.Report requireValid(String source) {
        var report = PromptValidation.validate(source, Map.of());
        if (!report.isValid()) {
            List<PromptProblem> errors =
                    report.problems().stream().filter(PromptProblem::isError).toList();
            throw new Problem(ProblemType.PROMPT_INVALID, errors.getFirst().message(), errors);
        }
        return report;
    }
}
