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

/** Turns Retell's webhooks into canonical events; its spelling ends here. */
@Component
class RetellNormaliser implements Normaliser {

    private static final Map<String, String> TYPES = Map.of(
            "call_started", "voice.call.started",
            "call_ended", "voice.call.ended",
            "call_analyzed", "voice.call.analyzed");
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
        String type = TYPES.get(event);
        return type == null ? other(event, payload) : call(event, type, payload.path("call"));
    }

    private static Normalised call(String event, String type, JsonNode call) {
        String callId = required(call, "call_id");
        return new Normalised(
                type,
                event + ":" + callId,
                callId,
                time(call),
                List.of(new Route("agent", required(call, "agent_id"))),
                RetellCall.caller(call),
                RetellCall.canonical(call));
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
