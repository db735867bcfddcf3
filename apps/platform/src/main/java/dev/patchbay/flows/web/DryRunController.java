package dev.patchbay.flows.web;

import dev.patchbay.flows.run.DryRuns;
import dev.patchbay.flows.run.DryRuns.DryRunOptions;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.web.MaxLength;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Dry runs of flows. */
@RestController
class DryRunController {

    private final DryRuns runs;

    DryRunController(DryRuns runs) {
        this.runs = runs;
    }

    /**
     * @param version the newest draft where nothing is said
     * @param eventId a stored event; one of this and {@code input} is needed, and {@code input} goes first
     * @param answers what calls return, by the task's name
     */
    record DryRunRequest(
            @Nullable String version,
            @Nullable String clientId,
            @Nullable String eventId,
            @MaxLength(1 << 18) @Nullable JsonNode input,
            @Nullable Map<String, JsonNode> answers) {

        private DryRunOptions options() {
            if (clientId == null) {
                throw new Problem(ProblemType.VARIABLES_INVALID, "Give clientId: whose flow is to run.");
            }
            return new DryRunOptions(
                    version,
                    PathIds.clientId(clientId),
                    eventId == null ? null : PathIds.eventId(eventId),
                    input,
                    Objects.requireNonNullElse(answers, Map.of()));
        }
    }

    @Requires("run:flows")
    @PostMapping("/api/v1/flows/{id}/dry-run")
    DryRuns.Report dryRun(Caller caller, @PathVariable String id, @RequestBody DryRunRequest request) {
        // The report shows the event's caller, and what the run that it started read.
        TenantScope scope = request.eventId() == null
                ? caller.scope()
                : caller.scopeWith("read:events")
                        .intersect(caller.scopeWith("read:runs"))
                        .orElseThrow(Caller::apart);
        return runs.run(scope, caller.subject(), PathIds.flowId(id), request.options());
    }
}
