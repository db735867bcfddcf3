package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** A task failed, with an error as the standard shapes it; a {@code catch} may handle it, else it ends the run. */
final class TaskFailed extends RuntimeException {

    private static final String ERRORS = "https://serverlessworkflow.io/spec/1.0.0/errors/";

    private final transient JsonNode error;
    private final transient Optional<FailureReason> reason;

    private TaskFailed(JsonNode error, Optional<FailureReason> reason) {
        super(sentence(error));
        this.error = error;
        this.reason = reason;
    }

    /** An author may raise an error without a detail. */
    private static String sentence(JsonNode error) {
        String detail = error.path("detail").asString("");
        String title = error.path("title").asString("");
        if (title.equals("rejected")) {
            return "A person rejected “" + nameOf(error) + "”: " + detail;
        }
        return detail.isBlank()
                ? ("The flow raised the error " + error.path("type").asString("") + " " + title).strip() + "."
                : detail;
    }

    /** A call or an expression failed. */
    static TaskFailed forReason(FailureReason reason, String pointer, String sentence) {
        return new TaskFailed(
                Json.object()
                        .put("type", ERRORS + standardType(reason))
                        .put("status", status(reason))
                        .put("title", reason.code())
                        .put("detail", sentence)
                        .put("instance", pointer),
                Optional.of(reason));
    }

    /** A time limit passed; the reason is what stood in the way. */
    static TaskFailed timeout(Deadline deadline, FailureReason reason, String sentence) {
        return new TaskFailed(
                Json.object()
                        .put("type", ERRORS + "timeout")
                        .put("status", 408)
                        .put("title", "timeout")
                        .put("detail", sentence)
                        .put("instance", deadline.pointer().isEmpty() ? "/" : deadline.pointer())
                        .put("reason", reason.code()),
                Optional.of(reason));
    }

    /** The flow's author raised it; {@code instance} is the task unless the author names another. */
    static TaskFailed raised(JsonNode error, String pointer) {
        var placed = ((ObjectNode) error).deepCopy();
        placed.putIfAbsent("instance", StringNode.valueOf(pointer));
        return new TaskFailed(placed, Optional.empty());
    }

    /** The error of a step that a person rejected. */
    static JsonNode rejectionError(String pointer, String reason) {
        return Json.object()
                .put("type", "https://patchbay.dev/errors/rejected")
                .put("status", 403)
                .put("title", "rejected")
                .put("detail", reason)
                .put("instance", pointer);
    }

    /** From an error in the journal, when a run is executed again. */
    static TaskFailed fromError(JsonNode error) {
        return new TaskFailed(
                error,
                findReason(error.path("reason").asString(error.path("title").asString(""))));
    }

    static Optional<FailureReason> findReason(String code) {
        return Arrays.stream(FailureReason.values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }

    /** Whether it is the time limit of that task or of one around it, so that nothing inside may catch it. */
    boolean isTimeoutAround(String pointer) {
        String limited = error.path("instance").asString("").replaceFirst("/$", "");
        return error.path("title").asString("").equals("timeout") && (pointer + "/").startsWith(limited + "/");
    }

    private static String standardType(FailureReason reason) {
        return switch (reason) {
            case AUTH_EXPIRED -> "authentication";
            case BAD_INPUT, NO_SLOT, OPTED_OUT -> "validation";
            case BUG -> "runtime";
            case TOO_LATE -> "timeout";
            case RATE_LIMITED, PROVIDER_DOWN, UNKNOWN_OUTCOME -> "communication";
        };
    }

    private static int status(FailureReason reason) {
        return switch (reason) {
            case AUTH_EXPIRED -> 401;
            case BAD_INPUT -> 400;
            case OPTED_OUT -> 403;
            case TOO_LATE -> 408;
            case NO_SLOT -> 409;
            case RATE_LIMITED -> 429;
            case BUG -> 500;
            case PROVIDER_DOWN -> 503;
            case UNKNOWN_OUTCOME -> 504;
        };
    }

    JsonNode error() {
        return error;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /** The cause's code of an error that the flow's author or a person wanted: {@code raised} or {@code rejected}. */
    String causeCode() {
        return error.path("title").asString("").equals("rejected") ? "rejected" : "raised";
    }

    /** The name of the task that failed; empty where that is the flow itself. */
    String task() {
        return nameOf(error);
    }

    private static String nameOf(JsonNode error) {
        String pointer = error.path("instance").asString("");
        int compensation = pointer.indexOf(Compensation.POINTER);
        String compensated = compensation < 0 ? pointer : pointer.substring(0, compensation);
        String name = compensated.substring(compensated.lastIndexOf('/') + 1);
        return compensated.equals(pointer) ? name : "undo " + name;
    }

    /** Empty where the flow's author raised it or a person rejected. */
    Optional<FailureReason> reason() {
        return reason;
    }
}
