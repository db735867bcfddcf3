package dev.patchbay.billing.web;

import dev.patchbay.billing.preview.PlanPreview;
import dev.patchbay.billing.preview.PreviewResponse;
import dev.patchbay.iam.access.Requires;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Prices hypothetical usage, and stores nothing. */
@RestController
@RequestMapping("/api/v1/plans/preview")
class PlanPreviewController {

    private final PlanPreview preview;

    PlanPreviewController(PlanPreview preview) {
        this.preview = preview;
    }

    /** Prices hypothetical usage. The members of the body decide what is computed (docs/billing.md). */
    @Requires("write:billing")
    @PostMapping
    PreviewResponse previewPlan(@RequestBody JsonNode request) {
        return preview.price(request);
    }
}
