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
 * Maps Stripe's events to canonical ones. {@link StripeEventMapper} maps those that billing needs; the others are kept with their
 * payload. Stripe delivers events in no particular order (Stripe, "Receive Stripe events in your webhook endpoint"): an event
 * describes an object as it was then.
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
        String id = findId(event.path("id")).orElseThrow(() -> new Unreadable("/id", "The event has no id."));
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
        String subject = findId(object.path("id"))
                .orElseThrow(() -> new Unreadable("/data/object/id", "The event's object has no id."));
        ObjectNode data = Json.object();
        data.set(mapping.noun(), mapping.map(object));
        // Objects of test mode and live mode are separate, although they belong to the same account.
        Optional.of(event.path("livemode")).filter(JsonNode::isBoolean).ifPresent(it -> data.set("live", it));
        return new Normalised(
                mapping.type(), id, subject, time(event), routes(object), StripeEventMapper.findPerson(object), data);
    }

    private static Normalised mapUnknown(String id, JsonNode event, String type) {
        JsonNode payload = event.deepCopy();
        // The client secret lets its holder act for the payer in a browser, and display does not need it.
        if (payload.at("/data/object") instanceof ObjectNode object) {
            object.remove("client_secret");
        }
        ObjectNode data = Json.object().put("event", type);
        data.set("payload", payload);
        JsonNode object = event.at("/data/object");
        return new Normalised(
                "provider.stripe." + type.replace('.', '_'),
                id,
                // Thin events name their object instead of containing it.
                findId(object.path("id"))
                        .or(() -> findId(event.at("/related_object/id")))
                        .orElse(id),
                time(event),
                routes(object),
                StripeEventMapper.findPerson(object),
                data);
    }

    /** Unix seconds; empty for a thin event, which has an ISO-8601 text: then the time of receipt is used. */
    private static Optional<Instant> time(JsonNode event) {
        return StripeObjectReader.readTimestamp(event.path("created"));
    }

    /** An event without a customer belongs to the tenant itself. */
    private static List<Route> routes(JsonNode object) {
        return StripeEventMapper.findCustomer(object)
                .filter(it -> ID.matcher(it).matches())
                .map(it -> new Route("customer", it))
                .stream()
                .toList();
    }

    private static Optional<String> findId(JsonNode node) {
        return Stream.of(node)
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(it -> ID.matcher(it).matches())
                .findFirst();
    }
}
