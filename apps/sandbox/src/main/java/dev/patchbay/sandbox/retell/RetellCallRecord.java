package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A call as Retell's API returns it: times, transcript, cost and analysis, made up from a script. */
final class RetellCallRecord {

    private static final String DEFAULT_NUMBER = "+12137771235";

    /** The members of a call that has not ended. */
    private static final List<String> ONGOING_MEMBERS = List.of(
            "call_type",
            "from_number",
            "to_number",
            "direction",
            "telephony_identifier",
            "call_id",
            "agent_id",
            "agent_name",
            "agent_version",
            "metadata",
            "start_timestamp");

    private RetellCallRecord() {}

    /**
     * Creates an ended call.
     *
     * @param script may set {@code endTimestamp} in the past, so that a recorded day can be replayed in moments
     * @param overrides the member {@code call_inbound} of the response to the inbound webhook; may be missing
     */
    static ObjectNode create(String callId, ObjectNode agent, ObjectNode script, JsonNode overrides, long nowMillis) {
        long millis =
                script.path("durationMs").asLong(script.path("durationSeconds").asInt(62) * 1000L);
        long end = script.path("endTimestamp").asLong(nowMillis);
        long start = end - millis;
        String recording = "https://retellai.s3.us-west-2.amazonaws.com/" + callId;
        ObjectNode call = Json.object()
                .put("call_type", "phone_call")
                .put("from_number", Json.text(script, "from"))
                .put("to_number", calledNumber(script))
                .put("direction", Json.find(script, "direction").orElse("inbound"))
                .put("call_id", callId)
                .put("agent_id", Json.text(agent, "agent_id"))
                .put("agent_name", Json.text(agent, "agent_name"))
                .put("agent_version", agent.path("version").asInt())
                .put("call_status", "ended")
                .put("data_storage_setting", "everything")
                .put("start_timestamp", start)
                .put("end_timestamp", end)
                .put("duration_ms", end - start)
                .put("recording_url", recording + "/recording.wav")
                .put("public_log_url", recording + "/public_log.txt")
                .put(
                        "disconnection_reason",
                        Json.find(script, "disconnectionReason").orElse("user_hangup"));
        call.set("telephony_identifier", Json.object().put("twilio_call_sid", "CA" + Ids.hex(32)));
        call.set("metadata", overrides.path("metadata").isObject() ? overrides.path("metadata") : Json.object());
        overrides
                .optional("dynamic_variables")
                .ifPresent(variables -> call.set("retell_llm_dynamic_variables", variables));
        ArrayNode utterances = utterances(script);
        call.set("transcript_object", utterances);
        call.put("transcript", transcript(utterances));
        int tokens = script.path("averageTokens").asInt(1_200);
        long transferMillis = script.path("transferSeconds").asLong(0) * 1000L;
        if (transferMillis > 0) {
            call.put("transfer_end_timestamp", end + transferMillis);
        }
        call.set("llm_token_usage", Json.object().put("average", tokens).put("num_requests", 1));
        boolean dynamicOpening = agent.path("dynamicOpening").asBoolean(false);
        call.set(
                "call_cost",
                RetellCost.of(agent, new RetellCost.Measure(millis, dynamicOpening, tokens, transferMillis)));
        call.set("call_analysis", analysis(script));
        return call;
    }

    static String calledNumber(ObjectNode script) {
        return Json.find(script, "to").orElse(DEFAULT_NUMBER);
    }

    /** The call as it was before it ended. */
    static ObjectNode whileOngoing(ObjectNode call) {
        return call.deepCopy().retain(ONGOING_MEMBERS).put("call_status", "ongoing");
    }

    private static ArrayNode utterances(ObjectNode script) {
        String name = (Json.text(script, "firstName") + " " + Json.text(script, "lastName")).strip();
        return Json.MAPPER
                .createArrayNode()
                .add(utterance("agent", "Thank you for calling. How can I help you?"))
                .add(utterance("user", "Hello, this is " + name + ". I am calling about an appointment."))
                .add(utterance("agent", "Let me write that down. We will confirm by text message."))
                .add(utterance("user", "Thank you, goodbye."));
    }

    private static ObjectNode utterance(String role, String content) {
        ObjectNode utterance = Json.object().put("role", role).put("content", content);
        utterance.set("words", Json.MAPPER.createArrayNode());
        return utterance;
    }

    private static String transcript(ArrayNode utterances) {
        StringBuilder transcript = new StringBuilder();
        utterances.forEach(utterance -> transcript
                .append(Json.text(utterance, "role").equals("agent") ? "Agent: " : "User: ")
                .append(Json.text(utterance, "content"))
                .append('\n'));
        return transcript.toString();
    }

    /** The script's {@code analysis} replaces members of {@code custom_analysis_data} that the other members produce. */
    private static ObjectNode analysis(ObjectNode script) {
        boolean wantsAppointment = script.path("wantsAppointment").asBoolean(true);
        ObjectNode custom = Json.object().put("wants_appointment", wantsAppointment);
        Map.of("firstName", "first_name", "lastName", "last_name", "email", "email", "slot", "slot")
                .forEach((ours, theirs) -> Json.find(script, ours).ifPresent(value -> custom.put(theirs, value)));
        script.path("analysis").properties().forEach(entry -> custom.set(entry.getKey(), entry.getValue()));
        ObjectNode analysis = Json.object()
                .put(
                        "call_summary",
                        wantsAppointment ? "The caller asked for an appointment." : "The caller had a question.")
                .put("in_voicemail", script.path("voicemail").asBoolean(false))
                .put("user_sentiment", "Positive")
                .put("call_successful", true);
        analysis.set("custom_analysis_data", custom);
        return analysis;
    }
}
