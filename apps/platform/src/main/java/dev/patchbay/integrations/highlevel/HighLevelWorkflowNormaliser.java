package dev.patchbay.integrations.highlevel;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps the webhook action of HighLevel's workflows (HighLevel support, "Workflow Action: Webhook") to {@code
 * crm.workflow.triggered}. The body has no id: equal bodies within ten minutes are one delivery.
 */
@Component
class HighLevelWorkflowNormaliser implements Normaliser {

    private static final Duration REPEATS = Duration.ofMinutes(10);

    private final Clock clock;

    HighLevelWorkflowNormaliser(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String provider() {
        return HighLevelWorkflowAccounts.NAME;
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        JsonNode body = delivery.json();
        String contactId = text(body, "contact_id").orElse("unknown");
        long period = clock.millis() / REPEATS.toMillis();
        ObjectNode data = Json.object();
        data.set("contact", contact(body));
        data.set("workflow", named(body.path("workflow")));
        data.set("custom", body.path("customData").isObject() ? body.path("customData") : Json.object());
        String location = body.at("/location/id").asString("");
        return HighLevelEventMapper.buildEvent(
                "crm.workflow.triggered",
                "workflow:" + HexFormat.of().formatHex(Json.digest(body), 0, 16) + ":" + period,
                contactId,
                Optional.empty(),
                location,
                phone(body)
                        .or(() -> text(body, "email"))
                        .or(() -> text(body, "contact_id").map(id -> "contact:" + id)),
                data);
    }

    private static ObjectNode contact(JsonNode body) {
        ObjectNode contact = Json.object();
        text(body, "contact_id").ifPresent(it -> contact.put("id", it));
        text(body, "first_name").ifPresent(it -> contact.put("firstName", it));
        text(body, "last_name").ifPresent(it -> contact.put("lastName", it));
        text(body, "full_name").ifPresent(it -> contact.put("name", it));
        text(body, "email").ifPresent(it -> contact.put("email", it));
        phone(body).or(() -> text(body, "phone")).ifPresent(it -> contact.put("phone", it));
        text(body, "tags")
                .ifPresent(tags -> Arrays.stream(tags.split(",", -1))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .forEach(contact.withArray("tags")::add));
        return contact;
    }

    private static ObjectNode named(JsonNode workflow) {
        ObjectNode named = Json.object();
        text(workflow, "id").ifPresent(it -> named.put("id", it));
        text(workflow, "name").ifPresent(it -> named.put("name", it));
        return named;
    }

    private static Optional<String> phone(JsonNode body) {
        String country = body.path("country").asString("");
        String written = body.path("phone").asString("");
        return (country.length() == 2 ? PhoneNumber.read(written, country) : PhoneNumber.read(written))
                .map(PhoneNumber::e164);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asString("")).filter(it -> !it.isBlank());
    }
}
