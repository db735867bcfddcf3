package dev.patchbay.integrations.acme;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Maps Acme's "hangup" to {@code voice.call.ended}; other events are kept with their payload. */
@Component
class AcmeNormaliser implements Normaliser {

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    AcmeNormaliser() {}

    @Override
    public String provider() {
        return "acmephones";
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        JsonNode payload = delivery.json();
        String what = word(payload, "what").replace('-', '_');
        String id = word(payload, "call");
        String robot = word(payload, "robot");
        Instant at = Optional.of(payload.path("at"))
                .filter(JsonNode::isInt)
                .map(it -> Instant.ofEpochSecond(it.intValue()))
                .orElseThrow(() -> new Unreadable("/at", "Acme says no time."));
        ObjectNode data = Json.object();
        if (what.equals("hangup")) {
            data.putObject("call").put("id", id).put("agentId", robot).put("endedAt", at.toString());
        } else {
            data.put("event", what).set("payload", payload);
        }
        return new Normalised(
                what.equals("hangup") ? "voice.call.ended" : "provider.acmephones." + what,
                what + ":" + id,
                id,
                Optional.of(at),
                List.of(new Route("agent", robot)),
                Optional.empty(),
                data);
    }

    private static String word(JsonNode payload, String name) {
        String word = payload.path(name).isString() ? payload.path(name).stringValue() : "";
        if (!WORD.matcher(word).matches()) {
            throw new Unreadable("/" + name, "Acme says no " + name + ".");
        }
        return word;
    }
}
