package dev.patchbay.prompts.web;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.ComputeThreads;
import dev.patchbay.kernel.web.MaxLength;
import dev.patchbay.prompts.InstanceId;
import dev.patchbay.prompts.PromptInstances;
import dev.patchbay.prompts.PromptInstances.InstanceDetail;
import dev.patchbay.prompts.PromptInstances.InstanceView;
import dev.patchbay.prompts.PromptInstances.ReleaseView;
import dev.patchbay.prompts.PromptInstances.UpdatePreview;
import dev.patchbay.prompts.merge.Resolution;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves clients' prompts: edits, values, updates from templates, and differences. */
@RestController
@RequestMapping("/api/v1/prompts/instances")
class PromptInstanceController {

    private final PromptInstances instances;
    private final ComputeThreads threads;

    PromptInstanceController(PromptInstances instances, ComputeThreads threads) {
        this.instances = instances;
        this.threads = threads;
    }

    @Requires("read:prompts")
    @GetMapping
    Page<InstanceView> listPrompts(Caller caller, @RequestParam(required = false) @Nullable String client) {
        return new Page<>(instances.list(caller.scope(), client == null ? null : PathIds.clientId(client)), null);
    }

    /** @param version the version of the template; null for the newest */
    record NewPromptRequest(
            @Nullable String clientId,
            @Nullable String templateId,
            @Nullable String version,
            @Nullable Map<String, JsonNode> values) {}

    @Requires("write:prompts")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    InstanceView createPrompt(Caller caller, @RequestBody NewPromptRequest request) {
        return instances.create(
                caller.scope(),
                caller.subject(),
                PathIds.clientId(request.clientId()),
                PathIds.templateId(request.templateId()),
                request.version(),
                Optional.ofNullable(request.values()).orElse(Map.of()));
    }

    @Requires("read:prompts")
    @GetMapping("/{id}")
    ResponseEntity<InstanceDetail> getPrompt(Caller caller, @PathVariable String id) {
        InstanceDetail detail = instances.find(caller.scope(), PathIds.instanceId(id));
        return ResponseEntity.ok()
                .eTag(PathIds.etag(detail.instance().revision()))
                .body(detail);
    }

    @Requires("write:prompts")
    @PutMapping(path = "/{id}/source", consumes = "text/markdown")
    InstanceView editPrompt(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody byte[] file) {
        return instances.edit(
                caller.scope(),
                caller.subject(),
                PathIds.instanceId(id),
                PathIds.revision(ifMatch),
                new String(file, StandardCharsets.UTF_8));
    }

    @Requires("write:prompts")
    @PutMapping("/{id}/values")
    InstanceView setPromptValues(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Map<String, JsonNode> values) {
        return instances.setValues(
                caller.scope(), caller.subject(), PathIds.instanceId(id), PathIds.revision(ifMatch), values);
    }

    @Requires("read:prompts")
    @GetMapping("/{id}/validation")
    ValidationResponse validateClientPrompt(Caller caller, @PathVariable String id) {
        return ValidationResponse.of(instances.validate(caller.scope(), PathIds.instanceId(id)));
    }

    @Requires("read:prompts")
    @GetMapping("/{id}/update")
    UpdatePreview previewUpdate(Caller caller, @PathVariable String id, @RequestParam String to) {
        InstanceId instance = PathIds.instanceId(id);
        return threads.compute(() -> instances.previewUpdate(caller.scope(), instance, to));
    }

    /**
     * Decides a conflict.
     *
     * @param take {@code local}, {@code template}, {@code both} or {@code text}
     * @param text the text in place of the conflict, for {@code text}; null removes it
     */
    record ResolutionRequest(
            @Nullable String take,
            @MaxLength(1 << 18) @Nullable JsonNode text) {}

    /** @param resolutions the decisions, one for each conflict of the preview, in its order */
    record UpdateRequest(@Nullable String to, @Nullable List<ResolutionRequest> resolutions) {}

    @Requires("write:prompts")
    @PostMapping("/{id}/update")
    InstanceView updatePrompt(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody UpdateRequest request) {
        InstanceId instance = PathIds.instanceId(id);
        var revision = PathIds.revision(ifMatch);
        List<Resolution> resolutions = Optional.ofNullable(request.resolutions()).orElse(List.of()).stream()
                .map(PromptInstanceController::resolution)
                .toList();
        return threads.compute(() -> instances.update(
                caller.scope(), caller.subject(), instance, revision, String.valueOf(request.to()), resolutions));
    }

    private static Resolution resolution(ResolutionRequest request) {
        return switch (String.valueOf(request.take())) {
            case "local" -> new Resolution.KeepLocal();
            case "template" -> new Resolution.TakeTemplate();
            case "both" -> new Resolution.TakeBoth();
            case "text" -> new Resolution.Replace(request.text());
            default ->
                throw new Problem(
                        ProblemType.SCHEMA_VIOLATION, "`take` is \"local\", \"template\", \"both\" or \"text\".");
        };
    }

    /**
     * Describes a difference as a unified diff with three lines of context; the lines are empty when the two texts are equal.
     */
    record PromptDiff(String from, String to, List<String> lines) {}

    /**
     * Returns the difference of two texts. Each side is {@code template:<version>}, {@code draft} or {@code release:<number>}.
     */
    @Requires("read:prompts")
    @GetMapping("/{id}/diff")
    PromptDiff comparePrompts(
            Caller caller, @PathVariable String id, @RequestParam String from, @RequestParam String to) {
        List<String> before = lines(instances.findSource(caller.scope(), PathIds.instanceId(id), from));
        List<String> after = lines(instances.findSource(caller.scope(), PathIds.instanceId(id), to));
        return threads.compute(() -> new PromptDiff(
                from, to, UnifiedDiffUtils.generateUnifiedDiff(from, to, before, DiffUtils.diff(before, after), 3)));
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    @Requires("write:prompts")
    @PostMapping("/{id}/releases")
    @ResponseStatus(HttpStatus.CREATED)
    ReleaseView releasePrompt(Caller caller, @PathVariable String id) {
        return instances.release(caller.scope(), caller.subject(), PathIds.instanceId(id));
    }

    @Requires("read:prompts")
    @GetMapping("/{id}/releases")
    Page<ReleaseView> listPromptReleases(Caller caller, @PathVariable String id) {
        return new Page<>(instances.listReleases(caller.scope(), PathIds.instanceId(id)), null);
    }
}
