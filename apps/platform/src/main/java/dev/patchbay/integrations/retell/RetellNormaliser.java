package dev.patchbay.integrations.retell;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns Retell's webhooks into canonical events; its spelling ends here. */
@Component
class RetellNormaliser implements Normaliser {

    private static final Map<String, String> TYPES = Map.of(
            "call_started", "voice.call.started",
            "call_ended", "voice.call.ended",
            "call_analyzed", "voice.call.analyzed");
    private static final List<String> KNOWN_AT_START =
            List.of("id", "from", "to", "direction", "agentId", "agentVersion", "startedAt");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");

    RetellNormaliser() {}

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        JsonNode payload = delivery.json();
        String event = payload.path("event").asString("");
        if (!NAME.matcher(event).matches()) {
            throw new Unreadable("/event", "The event has no name.");
        }
        return TYPES.containsKey(event) ? fact(event, payload.path("call")) : other(event, payload);
    }

    /**
     * What a call's record proves, however it was learnt: a webhook tells what was known when it was sent, a list what is
     * known now. So each fact holds only what belongs to it: started who calls whom, ended all but the analysis,
     * analysed all.
     *
     * @param event {@code call_started}, {@code call_ended} or {@code call_analyzed}
     */
    static Normalised fact(String event, JsonNode call) {
        String callId = required(call, "call_id");
        ObjectNode data = RetellCall.canonical(call);
        ObjectNode told = data.withObject("/call");
        boolean started = event.equals("call_started");
        if (started) {
            told.retain(KNOWN_AT_START);
        } else if (event.equals("call_ended")) {
            told.remove("analysis");
        }
        return new Normalised(
                TYPES.getOrDefault(event, event),
                event + ":" + callId,
                callId,
                started ? RetellCall.moment(call, "start_timestamp") : time(call),
                List.of(new Route("agent", required(call, "agent_id"))),
                RetellCall.caller(call),
                data);
    }

    /**
     * An event that no flow knows is kept, so that people see it. Retell repeats some of them for one call (transcript
     * updates), so its content tells two facts apart.
     */
    private static Normalised other(String event, JsonNode payload) {
        JsonNode call = payload.path("call");
        return new Normalised(
                "provider.retell." + event,
                event + ":" + HexFormat.of().formatHex(Json.digest(payload)),
                call.path("call_id").asString("unknown"),
                time(call),
                List.of(new Route("agent", call.path("agent_id").asString("unknown"))),
                RetellCall.caller(call),
                Json.object().put("event", event));
    }

    private static Optional<Instant> time(JsonNode call) {
        return RetellCall.moment(call, "end_timestamp").or(() -> RetellCall.moment(call, "start_timestamp"));
    }

    private static String required(JsonNode call, String name) {
        String value = call.path(name).asString("");
        if (value.isEmpty()) {
            throw new Unreadable("/call/" + name, "The call has no " + name + ".");
        }
        return value;
    }
}
