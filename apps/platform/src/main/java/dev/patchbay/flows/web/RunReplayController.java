package dev.patchbay.flows.web;

import dev.patchbay.flows.run.RunReplays;
import dev.patchbay.flows.run.RunReplays.ReplayOptions;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.web.MaxLength;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Replays single runs. */
@RestController
class RunReplayController {

    private final RunReplays replays;

    RunReplayController(RunReplays replays) {
        this.replays = replays;
    }

    /**
     * Configures a replay.
     *
     * @param version the flow version; by default the version that the run executed
     * @param input the event's data, edited
     * @param repeat names of tasks that are done again although they were done
     * @param reason the reason that later readers see
     */
    record ReplayRequest(
            @Nullable String version,
            @MaxLength(1 << 18) @Nullable JsonNode input,
            @Nullable Set<String> repeat,
            @Nullable String reason) {

        private ReplayOptions options() {
            return new ReplayOptions(version, input, repeat == null ? Set.of() : repeat, reason);
        }
    }

    /** @param runs the ids, in the order in which the replays begin */
    record ReplayResponse(int count, List<RunId> runs) {}

    /** Answers 200 with a preview, or 202 when the replay starts. */
    @ApiResponse(
            responseCode = "200",
            description = "The preview",
            content = @Content(schema = @Schema(implementation = RunReplays.Preview.class)))
    @ApiResponse(
            responseCode = "202",
            description = "It is replayed",
            content = @Content(schema = @Schema(implementation = ReplayResponse.class)))
    @Requires("run:flows")
    @PostMapping("/api/v1/runs/{id}/replay")
    ResponseEntity<?> replay(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean preview,
            @RequestBody(required = false) @Nullable ReplayRequest request) {
        var runId = PathIds.runId(id);
        var options = request == null ? ReplayOptions.UNCHANGED : request.options();
        if (preview) {
            return ResponseEntity.ok(replays.preview(caller.scopeWith("read:runs"), runId, options));
        }
        replays.replay(caller.scope(), caller.subject(), runId, options, Duration.ZERO);
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new ReplayResponse(1, List.of(runId)));
    }
}
