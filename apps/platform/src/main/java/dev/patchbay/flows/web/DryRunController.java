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

/** Executes dry runs of flows. */
@RestController
class DryRunController {

    private final DryRuns runs;

    DryRunController(DryRuns runs) {
        this.runs = runs;
    }

    /**
     * Configures a dry run.
     *
     * @param version the flow version; by default the newest draft
     * @param eventId the id of a stored event; either this or {@code input} is needed, and {@code input} takes precedence
     * @param answers the results of calls, by the task's name
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
        // The report shows the event's caller, and the data that its run read.
        TenantScope scope = request.eventId() == null
                ? caller.scope()
                : caller.scopeWith("read:events")
                        .intersect(caller.scopeWith("read:runs"))
                        .orElseThrow(Caller::apart);
        return runs.run(scope, caller.subject(), PathIds.flowId(id), request.options());
    }
}
