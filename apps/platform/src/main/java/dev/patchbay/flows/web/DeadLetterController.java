package dev.patchbay.flows.web;

import dev.patchbay.flows.run.DeadLetters;
import dev.patchbay.flows.run.DeadLetters.Filter;
import dev.patchbay.flows.run.RunReplays;
import dev.patchbay.flows.run.RunReplays.ReplayOptions;
import dev.patchbay.flows.web.RunReplayController.ReplayResponse;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters, and their replay in bulk. */
@RestController
class DeadLetterController {

    private static final int MAX_RUNS = 1_000;
    private static final int MAX_PREVIEWED = 20;
    private static final int MAX_PER_MINUTE = 600;
    private static final int DEFAULT_PER_MINUTE = 60;

    private final DeadLetters letters;
    private final RunReplays replays;

    DeadLetterController(DeadLetters letters, RunReplays replays) {
        this.letters = letters;
        this.replays = replays;
    }

    @Requires("read:runs")
    @GetMapping("/api/v1/dead-letters")
    Page<DeadLetters.Group> list(Caller caller, @RequestParam(required = false) @Nullable String client) {
        return new Page<>(letters.groups(caller.scope(), client), null);
    }

    /**
     * @param reason a group of {@code GET /api/v1/dead-letters}
     * @param flow its name or id
     * @param from parked at this moment or later, ISO-8601
     * @param to parked before this moment, ISO-8601
     * @param perMinute how many runs at most, 1 to 600; 60 where nothing is said
     */
    record BulkReplayRequest(
            @Nullable String client,
            @Nullable String reason,
            @Nullable String flow,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String version,
            @Nullable Integer perMinute) {

        private Filter filter() {
            var filter = new Filter(client, reason, flow, from, to, MAX_RUNS);
            if (filter.equals(new Filter(null, null, null, null, null, MAX_RUNS))) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID, "Say which: by client, reason, flow or time (from, to).");
            }
            return filter;
        }

        private int rate() {
            return Math.clamp(Optional.ofNullable(perMinute).orElse(DEFAULT_PER_MINUTE), 1, MAX_PER_MINUTE);
        }
    }

    /**
     * @param count how many runs it would be, 1,000 at most a request
     * @param runs what would happen to the first 20 of them
     */
    record BulkPreviewResponse(int count, List<RunReplays.Preview> runs) {}

    /** Answers 200 with what would happen, or 202. */
    @ApiResponse(
            responseCode = "200",
            description = "The preview",
            content = @Content(schema = @Schema(implementation = BulkPreviewResponse.class)))
    @ApiResponse(
            responseCode = "202",
            description = "They are replayed",
            content = @Content(schema = @Schema(implementation = ReplayResponse.class)))
    @Requires("run:flows")
    @PostMapping("/api/v1/runs/replays")
    ResponseEntity<?> replay(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean preview,
            @RequestBody BulkReplayRequest request) {
        var options = new ReplayOptions(request.version(), null, Set.of(), "in bulk");
        if (preview) {
            var ids = letters.find(caller.scope(), request.filter());
            return ResponseEntity.ok(new BulkPreviewResponse(
                    ids.size(),
                    ids.stream()
                            .limit(MAX_PREVIEWED)
                            .map(id -> replays.preview(caller.scope(), id, options))
                            .toList()));
        }
        var replayed = letters.replay(caller.scope(), caller.subject(), request.filter(), options, request.rate());
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new ReplayResponse(replayed.size(), replayed));
    }
}
