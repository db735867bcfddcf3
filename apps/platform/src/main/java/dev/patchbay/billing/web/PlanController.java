package dev.patchbay.billing.web;

import dev.patchbay.billing.PlanId;
import dev.patchbay.billing.plans.PlanDraft;
import dev.patchbay.billing.plans.PlanView;
import dev.patchbay.billing.plans.Plans;
import dev.patchbay.billing.terms.TermsReader;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Serves plans and their versions. */
@RestController
@RequestMapping("/api/v1/plans")
class PlanController {

    private static final int MAX_PAGE = 100;

    private final Plans plans;
    private final Clock clock;

    PlanController(Plans plans, Clock clock) {
        this.plans = plans;
        this.clock = clock;
    }

    @Requires(value = "write:billing", tenantWide = true)
    @GetMapping
    Page<PlanView> listPlans(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        return plans.list(caller.scope().tenant(), after, Math.clamp(limit, 1, MAX_PAGE));
    }

    /**
     * Creates a plan with a first version. The body has {@code name}, {@code terms} and optionally {@code startsOn} and
     * {@code endsOn}.
     */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    PlanView createPlan(Caller caller, @RequestBody JsonNode request) {
        return plans.create(caller.scope().tenant(), caller.subject(), PlanDraft.read(request, today()));
    }

    /** States that the terms make sense; otherwise the response is {@code 422.plan_invalid}, which lists the problems. */
    record TermsResponse(boolean valid) {}

    @Requires("write:billing")
    @PostMapping("/validate")
    TermsResponse validatePlan(@RequestBody JsonNode terms) {
        TermsReader.read(terms);
        return new TermsResponse(true);
    }

    @Requires(value = "write:billing", tenantWide = true)
    @GetMapping("/{id}/versions")
    Page<PlanView.Version> listVersions(Caller caller, @PathVariable String id) {
        List<PlanView.Version> versions = plans.listVersions(caller.scope().tenant(), planId(id));
        return new Page<>(versions, null);
    }

    /** Drafts the next version. The body has {@code terms} and optionally {@code startsOn} and {@code endsOn}. */
    @Requires(value = "write:billing", tenantWide = true)
    @PostMapping("/{id}/versions")
    @ResponseStatus(HttpStatus.CREATED)
    PlanView.Version draftVersion(Caller caller, @PathVariable String id, @RequestBody JsonNode request) {
        return plans.draft(
                caller.scope().tenant(), caller.subject(), planId(id), PlanDraft.readVersion(request, today()));
    }

    @Requires(value = "write:billing", tenantWide = true)
    @GetMapping("/{id}/versions/{version}")
    PlanView.Version getVersion(Caller caller, @PathVariable String id, @PathVariable int version) {
        return plans.getVersion(caller.scope().tenant(), planId(id), version);
    }

    @Requires(value = "approve:prices", tenantWide = true)
    @PostMapping("/{id}/versions/{version}/approve")
    PlanView.Version approveVersion(Caller caller, @PathVariable String id, @PathVariable int version) {
        return plans.approve(caller.scope().tenant(), caller.subject(), planId(id), version);
    }

    @Requires(value = "approve:prices", tenantWide = true)
    @PostMapping("/{id}/versions/{version}/retire")
    PlanView.Version retireVersion(Caller caller, @PathVariable String id, @PathVariable int version) {
        return plans.retire(caller.scope().tenant(), caller.subject(), planId(id), version);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Reads a plan's id from the path. A text that cannot be an id is answered as a plan that does not exist. */
    private static PlanId planId(String text) {
        try {
            return new PlanId(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem(ProblemType.PLAN_NOT_FOUND, "There is no such plan.");
        }
    }
}
