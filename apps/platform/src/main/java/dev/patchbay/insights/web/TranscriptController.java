package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.insights.CallTranscripts;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the transcript of a call. Each reading is recorded in the audit trail, so no client may poll it. */
@RestController
class TranscriptController {

    private final CallTranscripts transcripts;

    TranscriptController(CallTranscripts transcripts) {
        this.transcripts = transcripts;
    }

    @Requires({"read:runs", "read:events"})
    @GetMapping("/api/v1/calls/{callId}/transcript")
    CallTranscripts.Transcript get(Caller caller, @PathVariable String callId) {
        return transcripts
                .read(caller.scope(), caller.subject(), callId)
                .orElseThrow(() ->
                        new Problem(ProblemType.EVENT_NOT_FOUND, "Nothing of what was said in this call is kept."));
    }
}
