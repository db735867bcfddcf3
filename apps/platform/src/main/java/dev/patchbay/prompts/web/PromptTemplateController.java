package dev.patchbay.prompts.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.web.MaxLength;
import dev.patchbay.prompts.PromptTemplates;
import dev.patchbay.prompts.PromptTemplates.ReleaseSummary;
import dev.patchbay.prompts.PromptTemplates.TemplateDetail;
import dev.patchbay.prompts.PromptTemplates.TemplateRelease;
import dev.patchbay.prompts.PromptTemplates.TemplateView;
import java.nio.charset.StandardCharsets;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Serves templates, with their drafts and releases. */
@RestController
@RequestMapping("/api/v1/prompts/templates")
class PromptTemplateController {

    private static final String MARKDOWN = "text/markdown";

    private final PromptTemplates templates;

    PromptTemplateController(PromptTemplates templates) {
        this.templates = templates;
    }

    @Requires("read:prompts")
    @GetMapping
    Page<TemplateView> listTemplates(Caller caller) {
        return new Page<>(templates.list(caller.scope().tenant()), null);
    }

    @Requires(value = "write:prompts", tenantWide = true)
    @PostMapping(consumes = MARKDOWN)
    @ResponseStatus(HttpStatus.CREATED)
    TemplateView createTemplate(Caller caller, @RequestBody byte[] file) {
        return templates.create(caller.scope().tenant(), caller.subject(), text(file));
    }

    @Requires("read:prompts")
    @GetMapping("/{id}")
    ResponseEntity<TemplateDetail> getTemplate(Caller caller, @PathVariable String id) {
        TemplateDetail detail = templates.find(caller.scope().tenant(), PathIds.templateId(id));
        return ResponseEntity.ok()
                .eTag(PathIds.etag(detail.template().revision()))
                .body(detail);
    }

    /** @param ifMatch the revision of the draft that was edited */
    @Requires(value = "write:prompts", tenantWide = true)
    @PutMapping(path = "/{id}/draft", consumes = MARKDOWN)
    TemplateView editDraft(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody byte[] file) {
        return templates.edit(
                caller.scope().tenant(),
                caller.subject(),
                PathIds.templateId(id),
                PathIds.revision(ifMatch),
                text(file));
    }

    /** @param version the version of the release; null for the computed one */
    record TemplateReleaseRequest(
            @Nullable String version,
            @MaxLength(10_000) @Nullable String notes) {}

    @Requires(value = "write:prompts", tenantWide = true)
    @PostMapping("/{id}/release")
    @ResponseStatus(HttpStatus.CREATED)
    ReleaseSummary releaseTemplate(
            Caller caller,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable TemplateReleaseRequest request) {
        Optional<TemplateReleaseRequest> body = Optional.ofNullable(request);
        return templates.release(
                caller.scope().tenant(),
                caller.subject(),
                PathIds.templateId(id),
                body.map(TemplateReleaseRequest::version).orElse(null),
                body.map(TemplateReleaseRequest::notes).orElse(""));
    }

    @Requires("read:prompts")
    @GetMapping("/{id}/releases/{version}")
    TemplateRelease getTemplateRelease(Caller caller, @PathVariable String id, @PathVariable String version) {
        return templates.findRelease(caller.scope().tenant(), PathIds.templateId(id), version);
    }

    @Requires(value = "write:prompts", tenantWide = true)
    @PostMapping("/{id}/releases/{version}/withdraw")
    ReleaseSummary withdrawTemplateRelease(Caller caller, @PathVariable String id, @PathVariable String version) {
        return templates.withdraw(caller.scope().tenant(), caller.subject(), PathIds.templateId(id), version);
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
