package dev.patchbay.flows.web;

import dev.patchbay.flows.internal.run.DeadLetters;
import dev.patchbay.flows.internal.run.RunReplays;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Dead letters, and runs that go through their flow once more. */
@RestController
class RunReplayController {

    private static final int MOST = 1_000;
    private static final int SHOWN = 20;

    private final RunReplays replays;
    private final DeadLetters letters;

    RunReplayController(RunReplays replays, DeadLetters letters) {
        this.replays = replays;
        this.letters = letters;
    }

    record Groups(List<DeadLetters.Group> items, @Nullable String next) {}

    @Requires("read:runs")
    @GetMapping("/api/v1/dead-letters")
    Groups groups(Caller caller) {
        return new Groups(letters.groups(caller.scope()), null);
    }

    /**
     * @param version of the flow; the one it ran on where nothing is said
     * @param input the event's data, edited
     * @param repeat names of tasks that are done again although they were done
     */
    record Wanted(
            @Nullable String version,
            @Nullable JsonNode input,
            @Nullable Set<String> repeat,
            @Nullable String reason) {

        RunReplays.ReplayRequest wish() {
            return new RunReplays.ReplayRequest(version, input, repeat == null ? Set.of() : repeat, reason);
        }
    }

    /** Answers 200 with what would happen, or 202. */
    @Requires("run:flows")
    @PostMapping("/api/v1/runs/{id}/replay")
    ResponseEntity<?> replay(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean preview,
            @RequestBody(required = false) @Nullable Wanted wanted) {
        var replayRequest = wanted == null ? RunReplays.ReplayRequest.AS_IT_WAS : wanted.wish();
        if (preview) {
            return ResponseEntity.ok(replays.preview(caller.scope(), id, replayRequest));
        }
        replays.replay(caller.scope(), caller.subject(), id, replayRequest, java.time.Duration.ZERO);
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new Started(1, List.of(id)));
    }

    /**
     * @param reason a group of {@code GET /api/v1/dead-letters}
     * @param from stopped at this moment or later, ISO-8601
     * @param to stopped before this moment, ISO-8601
     * @param perMinute how many at most, 1 to 600; 60 where nothing is said
     */
    record ManyWanted(
            @Nullable String client,
            @Nullable String reason,
            @Nullable String flow,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String version,
            @Nullable Integer perMinute) {

        RunReplays.Filter filter() {
            var filter = new RunReplays.Filter(client, reason, flow, from, to, MOST);
            if (filter.equals(new RunReplays.Filter(null, null, null, null, null, MOST))) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID, "Say which: by client, reason, flow or time (from, to).");
            }
            return filter;
        }
    }

    /** @param runs ids, in the order in which they go on */
    record Started(int count, List<String> runs) {}

    /**
     * @param count how many runs it would be, 1,000 at most a request
     * @param runs what would happen to the first of them
     */
    record ManyPreviewed(int count, List<RunReplays.Preview> runs) {}

    /** Answers 200 with what would happen, or 202. */
    @Requires("run:flows")
    @PostMapping("/api/v1/runs/replays")
    ResponseEntity<?> replayMany(
            Caller caller, @RequestParam(defaultValue = "false") boolean preview, @RequestBody ManyWanted wanted) {
        var replayRequest = new RunReplays.ReplayRequest(wanted.version(), null, Set.of(), "in bulk");
        if (preview) {
            var ids = replays.parked(caller.scope(), wanted.filter());
            return ResponseEntity.ok(new ManyPreviewed(
                    ids.size(),
                    ids.stream()
                            .limit(SHOWN)
                            .map(id -> replays.preview(caller.scope(), id, replayRequest))
                            .toList()));
        }
        int rate = Math.clamp(Optional.ofNullable(wanted.perMinute()).orElse(60), 1, 600);
        var started = replays.replayAll(caller.scope(), caller.subject(), wanted.filter(), replayRequest, rate);
        return ResponseEntity.status(HttpStatus.ACCEPTED).body(new Started(started.size(), started));
    }
}
