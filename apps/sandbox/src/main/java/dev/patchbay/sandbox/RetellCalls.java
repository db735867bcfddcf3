package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Places calls as a script asks for them and tells the agent's webhook about each, as Retell does. */
final class RetellCalls implements AutoCloseable {

    /** Retell answers its own first attempt and up to three more. */
    private static final int MOST_ATTEMPTS = 4;

    private static final String USUAL_NUMBER = "+12137771235";
    private static final List<String> EVENTS = List.of("call_started", "call_ended", "call_analyzed");
    /** Basic facts, all that is known while the phone still rings. */
    private static final List<String> KNOWN_AT_START = List.of(
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

    private final Books books;
    private final Retell retell;
    private final Courier courier;
    private final RetellLive live;
    private final Clock clock;

    RetellCalls(Books books, Retell retell, Faults faults, Clock clock, Duration retryDelay) {
        this.books = books;
        this.retell = retell;
        this.live = new RetellLive(retell, clock);
        this.clock = clock;
        this.courier = new Courier(books, Shelf.RETELL_DELIVERIES, faults, MOST_ATTEMPTS, retryDelay, this::signature);
    }

    private Map<String, String> signature(ObjectNode delivery) {
        String apiKey = retell.keyOf(Json.text(delivery, "account"));
        return Map.of("x-retell-signature", Signatures.retell(apiKey, Json.text(delivery, "body"), clock.millis()));
    }

    /** Places the call and awaits the first attempt of each webhook; a known {@code callId} is told about again. */
    ObjectNode place(ObjectNode wanted) {
        if (Json.text(wanted, "from").isEmpty()) {
            throw Control.refusal(400, "missing_from", "A call needs 'from', the caller's number in E.164.");
        }
        ObjectNode agent = retell.findAgent(Json.text(wanted, "agentId"))
                .orElseThrow(() -> Control.refusal(
                        400, "unknown_agent", "There is no such agent; set one up with PUT /_sandbox/accounts."));
        String to = Json.find(wanted, "to").orElse(USUAL_NUMBER);
        ObjectNode inbound = live.inbound(agent, wanted, to);
        if (RetellLive.declines(wanted, inbound)) {
            return Json.object().put("declined", true).set("inbound", inbound);
        }
        JsonNode told = inbound.path("body").path("call_inbound");
        ObjectNode taking =
                Json.find(told, "override_agent_id").flatMap(retell::findAgent).orElse(agent);
        String callId = Json.find(wanted, "callId").orElseGet(() -> "call_" + Ids.hex(27));
        books.putIfAbsent(Shelf.RETELL_CALLS, callId, call(callId, taking, wanted, told));
        ObjectNode call = books.find(Shelf.RETELL_CALLS, callId).orElseThrow();
        List<ObjectNode> functions = live.functions(taking, wanted.path("functions"), ongoing(call));
        List<ObjectNode> deliveries = tell(call, Json.text(taking, "webhook_url"));
        ObjectNode answer = Json.object().put("callId", callId);
        if (!inbound.isEmpty()) {
            answer.set("inbound", inbound);
        }
        if (!functions.isEmpty()) {
            answer.set("functions", Json.array(functions));
        }
        answer.set("deliveries", Json.array(deliveries));
        return answer;
    }

    private static ObjectNode ongoing(ObjectNode call) {
        return call.deepCopy().retain(KNOWN_AT_START).put("call_status", "ongoing");
    }

    private List<ObjectNode> tell(ObjectNode call, String url) {
        if (url.isEmpty()) {
            return List.of();
        }
        String account = Json.text(call, "agent_id");
        return courier.deliver(EVENTS.stream()
                .map(event -> new Courier.Parcel(event, url, "application/json", webhook(event, call), account))
                .toList());
    }

    private static String webhook(String event, ObjectNode call) {
        ObjectNode told = event.equals("call_started") ? ongoing(call) : call.deepCopy();
        if (event.equals("call_ended")) {
            told.remove("call_analysis");
        }
        ObjectNode envelope = Json.object().put("event", event);
        envelope.set("call", told);
        return envelope.toString();
    }

    private ObjectNode call(String callId, ObjectNode agent, ObjectNode wanted, JsonNode told) {
        int seconds = wanted.path("durationSeconds").asInt(62);
        // A script may place a call of an hour ago: a recorded day is played in a moment.
        long end = wanted.path("endTimestamp").asLong(clock.millis());
        long start = end - seconds * 1000L;
        String recording = "https://retellai.s3.us-west-2.amazonaws.com/" + callId;
        ObjectNode call = Json.object()
                .put("call_type", "phone_call")
                .put("from_number", Json.text(wanted, "from"))
                .put("to_number", Json.find(wanted, "to").orElse(USUAL_NUMBER))
                .put("direction", "inbound")
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
                .put("disconnection_reason", "user_hangup");
        call.set("telephony_identifier", Json.object().put("twilio_call_sid", "CA" + Ids.hex(32)));
        call.set("metadata", told.path("metadata").isObject() ? told.path("metadata") : Json.object());
        told.optional("dynamic_variables").ifPresent(it -> call.set("retell_llm_dynamic_variables", it));
        ArrayNode spoken = spoken(wanted);
        call.set("transcript_object", spoken);
        StringBuilder transcript = new StringBuilder();
        spoken.forEach(line -> transcript
                .append(Json.text(line, "role").equals("agent") ? "Agent: " : "User: ")
                .append(Json.text(line, "content"))
                .append('\n'));
        call.put("transcript", transcript.toString());
        call.set("call_cost", cost(seconds));
        call.set("call_analysis", analysis(wanted));
        return call;
    }

    private static ArrayNode spoken(ObjectNode wanted) {
        String name = (Json.text(wanted, "firstName") + " " + Json.text(wanted, "lastName")).strip();
        return Json.MAPPER
                .createArrayNode()
                .add(line("agent", "Thank you for calling. How can I help you?"))
                .add(line("user", "Hello, this is " + name + ". I am calling about an appointment."))
                .add(line("agent", "Let me write that down. We will confirm by text message."))
                .add(line("user", "Thank you, goodbye."));
    }

    private static ObjectNode line(String role, String content) {
        ObjectNode line = Json.object().put("role", role).put("content", content);
        line.set("words", Json.MAPPER.createArrayNode());
        return line;
    }

    /** Cents with fractions, as Retell charges: each product by the minute. */
    private static ObjectNode cost(int seconds) {
        ObjectNode voice = product("elevenlabs_tts", 7, seconds);
        ObjectNode model = product("gemini_2_0_flash", 0.6, seconds);
        ObjectNode cost = Json.object()
                .put("total_duration_seconds", seconds)
                .put("total_duration_unit_price", 7.6 / 60)
                .put(
                        "combined_cost",
                        voice.path("cost").asDouble() + model.path("cost").asDouble());
        cost.set("product_costs", Json.array(List.of(voice, model)));
        return cost;
    }

    private static ObjectNode product(String name, double centsPerMinute, int seconds) {
        return Json.object()
                .put("product", name)
                .put("unit_price", centsPerMinute / 60)
                .put("cost", centsPerMinute * seconds / 60);
    }

    private static ObjectNode analysis(ObjectNode wanted) {
        boolean appointment = wanted.path("wantsAppointment").asBoolean(true);
        ObjectNode custom = Json.object().put("wants_appointment", appointment);
        Map.of("firstName", "first_name", "lastName", "last_name", "email", "email", "slot", "slot")
                .forEach((ours, theirs) -> Json.find(wanted, ours).ifPresent(value -> custom.put(theirs, value)));
        wanted.path("analysis").properties().forEach(entry -> custom.set(entry.getKey(), entry.getValue()));
        ObjectNode analysis = Json.object()
                .put(
                        "call_summary",
                        appointment ? "The caller asked for an appointment." : "The caller had a question.")
                .put("in_voicemail", false)
                .put("user_sentiment", "Positive")
                .put("call_successful", true);
        analysis.set("custom_analysis_data", custom);
        return analysis;
    }

    void resume() {
        courier.resume();
    }

    @Override
    public void close() {
        live.close();
        courier.close();
    }
}
