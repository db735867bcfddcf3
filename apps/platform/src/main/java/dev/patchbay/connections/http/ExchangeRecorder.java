package dev.patchbay.connections.http;

import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Records requests and responses for display: without headers, redacted and cut. */
final class ExchangeRecorder {

    private static final int MAX_BODY_CHARACTERS = 16 * 1024;

    private ExchangeRecorder() {}

    static Exchange record(HttpCall call, HttpOutcome outcome, Duration took) {
        ObjectNode request = Json.object();
        request.put("method", call.method());
        request.put("url", Redaction.redact(call.uri().toString()));
        request.set("body", redactAndCut(OutgoingHttp.payload(call).orElse(NullNode.getInstance())));
        return new Exchange(call.operation(), took.toMillis(), request, responseOf(outcome));
    }

    /** Returns the value of the metric's {@code outcome} tag. */
    static String outcomeLabel(HttpOutcome outcome) {
        return switch (outcome) {
            case Responded responded -> responded.status() / 100 + "xx";
            case NotSent ignored -> "not_sent";
            case Lost ignored -> "lost";
        };
    }

    private static ObjectNode responseOf(HttpOutcome outcome) {
        ObjectNode answer = Json.object();
        switch (outcome) {
            case Responded responded ->
                answer.put("status", responded.status()).set("body", redactAndCut(responded.body()));
            case NotSent notSent -> answer.put("error", Redaction.redact(notSent.sentence()));
            case Lost lost -> answer.put("error", Redaction.redact(lost.sentence()));
        }
        return answer;
    }

    /**
     * Redacts and cuts a body. Only the beginning of a long body is redacted, because redaction of a list of 1,000 calls costs
     * more than its request.
     */
    private static JsonNode redactAndCut(JsonNode body) {
        var beginning = new JsonBeginning(MAX_BODY_CHARACTERS);
        JsonNode redacted = Redaction.tree(beginning.of(body));
        String text = Json.write(redacted);
        return text.length() > MAX_BODY_CHARACTERS || beginning.isCut()
                ? StringNode.valueOf(text.substring(0, Math.min(text.length(), MAX_BODY_CHARACTERS)) + "…")
                : redacted;
    }
}
