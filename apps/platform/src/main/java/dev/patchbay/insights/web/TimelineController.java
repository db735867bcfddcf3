package dev.patchbay.insights.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.insights.Subject;
import dev.patchbay.insights.Timeline;
import dev.patchbay.insights.Timelines;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/timeline}: what happened to a caller, a call, a contact, an appointment, a text or a run. */
@RestController
class TimelineController {

    private static final int MAX_CHARACTERS = 256;

    private final Timelines timelines;

    TimelineController(Timelines timelines) {
        this.timelines = timelines;
    }

    @Parameter(
            in = ParameterIn.QUERY,
            schema = @Schema(type = "string"),
            name = "q",
            description = "any of the others; the value decides")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "phone", description = "E.164")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "callId")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "correlationId")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "contactId")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "appointmentId")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "runId")
    @Parameter(in = ParameterIn.QUERY, schema = @Schema(type = "string"), name = "messageId")
    @Requires({"read:runs", "read:events"})
    @GetMapping("/api/v1/timeline")
    Timeline get(
            Caller caller,
            @Parameter(hidden = true) @RequestParam Map<String, String> parameters,
            @RequestParam(defaultValue = "200") int limit,
            @RequestParam(defaultValue = "") String after) {
        return timelines.find(caller.scope(), subject(parameters), limit, after);
    }

    private static Subject subject(Map<String, String> parameters) {
        List<Subject> subjects = Arrays.stream(Subject.Type.values())
                .filter(type -> parameters.containsKey(type.parameter()))
                .map(type -> new Subject(type, value(String.valueOf(parameters.get(type.parameter())))))
                .toList();
        if (subjects.size() != 1) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST,
                    "Give exactly one of the parameters q, phone, callId, correlationId, contactId, appointmentId, runId and"
                            + " messageId.");
        }
        return subjects.getFirst();
    }

    /** A plus sign that was not URL-encoded arrives as a blank. */
    private static String value(String written) {
        String value = (written.startsWith(" ") ? "+" + written.substring(1) : written).strip();
        if (value.isEmpty() || value.length() > MAX_CHARACTERS) {
            throw new Problem(
                    ProblemType.MALFORMED_REQUEST, "The value must have 1 to " + MAX_CHARACTERS + " characters.");
        }
        return value;
    }
}
