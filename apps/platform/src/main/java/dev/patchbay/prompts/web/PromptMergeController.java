package dev.patchbay.prompts.web;

import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.ComputeThreads;
import dev.patchbay.kernel.web.MaxLength;
import dev.patchbay.prompts.merge.MergeKind;
import dev.patchbay.prompts.merge.MergeResult;
import dev.patchbay.prompts.merge.PromptMerge;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Merges three documents of the caller, and stores nothing. */
@RestController
@RequestMapping("/api/v1/prompts/merge")
class PromptMergeController {

    private final ComputeThreads threads;

    PromptMergeController(ComputeThreads threads) {
        this.threads = threads;
    }

    /** @param kind {@code text} or {@code json}; the three documents are strings of Markdown, or trees */
    record MergeRequest(
            @Nullable String kind,
            @MaxLength(1 << 20) @Nullable JsonNode base,
            @MaxLength(1 << 20) @Nullable JsonNode template,
            @MaxLength(1 << 20) @Nullable JsonNode local) {}

    @Requires("read:prompts")
    @PostMapping
    MergeResult merge(@RequestBody MergeRequest request) {
        MergeKind kind = kind(request.kind());
        JsonNode base = document(kind, "base", request.base());
        JsonNode template = document(kind, "template", request.template());
        JsonNode local = document(kind, "local", request.local());
        return threads.compute(() -> PromptMerge.merge(kind, base, template, local));
    }

    private static MergeKind kind(@Nullable String kind) {
        try {
            return MergeKind.of(String.valueOf(kind));
        } catch (IllegalArgumentException unknown) {
            throw new Problem(ProblemType.SCHEMA_VIOLATION, "`kind` is \"text\" or \"json\".");
        }
    }

    private static JsonNode document(MergeKind kind, String member, @Nullable JsonNode value) {
        if (kind == MergeKind.TEXT && (value == null || !value.isString())) {
            throw new Problem(ProblemType.SCHEMA_VIOLATION, "`" + member + "` is the text, as a string.");
        }
        return value == null ? NullNode.instance : value;
    }
}
