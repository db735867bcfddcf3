package dev.patchbay.flows.web;

import dev.patchbay.flows.run.RunQueries;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads runs with their steps, and the reasons why they did not complete. */
@RestController
@RequestMapping("/api/v1/runs")
class RunController {

    private final RunQueries runs;

    RunController(RunQueries runs) {
        this.runs = runs;
    }

    @Requires("read:runs")
    @GetMapping
    Page<RunQueries.RunSummary> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String correlationId,
            @RequestParam(required = false) @Nullable String client,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String phone,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        return runs.list(
                caller.scope(), new RunQueries.Filter(correlationId, client, status, phone, reason, after, limit));
    }

    @Requires("read:runs")
    @GetMapping("/{id}")
    RunQueries.RunDetail get(Caller caller, @PathVariable String id) {
        return runs.find(caller.scope(), PathIds.runId(id))
                .orElseThrow(() -> new Problem(ProblemType.RUN_NOT_FOUND, "There is no run " + id + "."));
    }
}
