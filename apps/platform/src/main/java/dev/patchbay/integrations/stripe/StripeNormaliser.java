package dev.patchbay.integrations.stripe;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns Stripe's events into canonical ones. {@link StripeEventMapper} knows those that billing needs; every other is kept with all it
 * says. Stripe delivers in no order: what an event says of an object is how it was then, not how it is.
 */
@Component
class StripeNormaliser implements Normaliser {

    private static final Pattern TYPE = Pattern.compile("[a-z0-9_]{1,64}(\\.[a-z0-9_]{1,64}){0,7}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    StripeNormaliser() {}

    @Override
    public String provider() {
        return "stripe";
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        JsonNode event = delivery.json();
        String id = id(event.path("id")).orElseThrow(() -> new Unreadable("/id", "The event has no id."));
        String type = Optional.of(event.path("type"))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(it -> TYPE.matcher(it).matches())
                .orElseThrow(() -> new Unreadable("/type", "The event has no type."));
        return StripeEventMapper.find(type)
                .map(mapping -> mapKnown(id, event, mapping))
                .orElseGet(() -> mapUnknown(id, event, type));
    }

    private static Normalised mapKnown(String id, JsonNode event, StripeEventMapper.Mapping mapping) {
        JsonNode object = event.at("/data/object");
        String subject = id(object.path("id"))
                .orElseThrow(() -> new Unreadable("/data/object/id", "The event's object has no id."));
        ObjectNode data = Json.object();
        data.set(mapping.noun(), mapping.map(object));
        // Test and live mode share nothing but the account: an invoice of the one is none of the other.
        Optional.of(event.path("livemode")).filter(JsonNode::isBoolean).ifPresent(it -> data.set("live", it));
        return new Normalised(
                mapping.type(), id, subject, time(event), routes(object), StripeEventMapper.findPerson(object), data);
    }

    private static Normalised mapUnknown(String id, JsonNode event, String type) {
        JsonNode payload = event.deepCopy();
        // Whoever holds it may act for the payer in a browser; nobody needs it to see what happened.
        if (payload.at("/data/object") instanceof ObjectNode object) {
            object.remove("client_secret");
        }
        ObjectNode data = Json.object().put("event", type);
        data.set("payload", payload);
        JsonNode object = event.at("/data/object");
        return new Normalised(
                "provider.stripe." + type.replace('.', '_'),
                id,
                // Thin events name their object instead of holding it.
                id(object.path("id"))
                        .or(() -> id(event.at("/related_object/id")))
                        .orElse(id),
                time(event),
                routes(object),
                StripeEventMapper.findPerson(object),
                data);
    }

    /** Seconds since 1970; a thin event writes ISO-8601, which only its receipt stands in for. */
    private static Optional<Instant> time(JsonNode event) {
        return StripeObjectReader.readTimestamp(event.path("created"));
    }

    /** An event without a customer is the tenant's own. */
    private static List<Route> routes(JsonNode object) {
        return StripeEventMapper.findCustomer(object)
                .filter(it -> ID.matcher(it).matches())
                .map(it -> new Route("customer", it))
                .stream()
                .toList();
    }

    private static Optional<String> id(JsonNode node) {
        return Stream.of(node)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(it -> ID.matcher(it).matches())
                .findFirst();
    }
}
