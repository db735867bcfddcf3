package dev.patchbay.flows.internal.run;

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

    /** An author may raise an error without a word on it. */
    private static String sentence(JsonNode error) {
        String detail = error.path("detail").asString("");
        String title = error.path("title").asString("");
        if (title.equals("rejected")) {
            return "A person said no to “" + nameIn(error) + "”: " + detail;
        }
        return detail.isBlank()
                ? ("The flow raised the error " + error.path("type").asString("") + " " + title).strip() + "."
                : detail;
    }

    /** A call or an expression that did not succeed. */
    static TaskFailed because(FailureReason failureReason, String pointer, String sentence) {
        return new TaskFailed(
                Json.object()
                        .put("type", ERRORS + standardType(failureReason))
                        .put("status", status(failureReason))
                        .put("title", failureReason.code())
                        .put("detail", sentence)
                        .put("instance", pointer),
                Optional.of(failureReason));
    }

    /** A time limit passed. */
    static TaskFailed timeout(Deadline deadline, FailureReason failureReason, String sentence) {
        return new TaskFailed(
                Json.object()
                        .put("type", ERRORS + "timeout")
                        .put("status", 408)
                        .put("title", "timeout")
                        .put("detail", sentence)
                        .put("instance", deadline.pointer().isEmpty() ? "/" : deadline.pointer())
                        .put("reason", failureReason.code()),
                Optional.of(failureReason));
    }

    /** A person said no. */
    static JsonNode rejection(String pointer, String reason) {
        return Json.object()
                .put("type", "https://patchbay.dev/errors/rejected")
                .put("status", 403)
                .put("title", "rejected")
                .put("detail", reason)
                .put("instance", pointer);
    }

    /** As the journal has it, when a run is walked again. */
    static TaskFailed journalled(JsonNode error) {
        return new TaskFailed(
                error,
                reasonOf(error.path("reason").asString(error.path("title").asString(""))));
    }

    static Optional<FailureReason> reasonOf(String code) {
        return Arrays.stream(FailureReason.values())
                .filter(failureReason -> failureReason.code().equals(code))
                .findFirst();
    }

    /** Whether this is the limit of something around that place, so that nothing inside may handle it. */
    boolean passes(String place) {
        String limited = error.path("instance").asString("").replaceFirst("/$", "");
        return error.path("title").asString("").equals("timeout") && (place + "/").startsWith(limited + "/");
    }

    /** The flow's author said so, with {@code raise}; where, unless the author says that too. */
    static TaskFailed raised(JsonNode error, String pointer) {
        var placed = ((ObjectNode) error).deepCopy();
        placed.putIfAbsent("instance", StringNode.valueOf(pointer));
        return new TaskFailed(placed, Optional.empty());
    }

    private static String standardType(FailureReason failureReason) {
        return switch (failureReason) {
            case AUTH_EXPIRED -> "authentication";
            case BAD_INPUT, NO_SLOT -> "validation";
            case BUG -> "runtime";
            case RATE_LIMITED, PROVIDER_DOWN, UNKNOWN_OUTCOME -> "communication";
        };
    }

    private static int status(FailureReason failureReason) {
        return switch (failureReason) {
            case AUTH_EXPIRED -> 401;
            case BAD_INPUT -> 400;
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

    /** The group of a failure that is nobody's fault but the flow's or a person's: {@code raised} or {@code rejected}. */
    String code() {
        return error.path("title").asString("").equals("rejected") ? "rejected" : "raised";
    }

    /** The name of the task it happened at; empty where that is the flow itself. */
    String task() {
        return nameIn(error);
    }

    private static String nameIn(JsonNode error) {
        String place = error.path("instance").asString("");
        int undoing = place.indexOf(Compensation.PLACE);
        String undone = undoing < 0 ? place : place.substring(0, undoing);
        String name = undone.substring(undone.lastIndexOf('/') + 1);
        return undone.equals(place) ? name : "undo " + name;
    }

    /** Why, where it was not the author's own {@code raise}. */
    Optional<FailureReason> reason() {
        return reason;
    }
}
