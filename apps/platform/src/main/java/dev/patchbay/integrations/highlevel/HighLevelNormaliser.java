package dev.patchbay.integrations.highlevel;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps HighLevel's webhooks to canonical events (HighLevel Marketplace, "Webhook Integration Guide"). HighLevel's names do not
 * leave this package (ADR 0008).
 */
@Component
class HighLevelNormaliser implements Normaliser {

    private static final Pattern EVENT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern CAMEL_CASE_BOUNDARY = Pattern.compile("([a-z0-9])([A-Z])");

    /** Canonical types of the events that arrive by webhook only, by HighLevel's names. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("ContactCreate", "crm.contact.created"),
            Map.entry("ContactUpdate", "crm.contact.updated"),
            Map.entry("ContactTagUpdate", "crm.contact.updated"),
            Map.entry("ContactDndUpdate", "crm.contact.updated"),
            Map.entry("ContactDelete", "crm.contact.deleted"),
            Map.entry("OpportunityCreate", "crm.opportunity.created"),
            Map.entry("OpportunityUpdate", "crm.opportunity.updated"),
            Map.entry("OpportunityAssignedToUpdate", "crm.opportunity.updated"),
            Map.entry("OpportunityMonetaryValueUpdate", "crm.opportunity.updated"),
            Map.entry("OpportunityStageUpdate", "crm.opportunity.stage_changed"),
            Map.entry("OpportunityStatusUpdate", "crm.opportunity.status_changed"),
            Map.entry("OpportunityDelete", "crm.opportunity.deleted"),
            Map.entry("NoteCreate", "crm.note.created"),
            Map.entry("NoteUpdate", "crm.note.updated"),
            Map.entry("NoteDelete", "crm.note.deleted"),
            Map.entry("TaskCreate", "crm.task.created"),
            Map.entry("TaskComplete", "crm.task.completed"),
            Map.entry("TaskDelete", "crm.task.deleted"),
            Map.entry("INSTALL", "app.installed"),
            Map.entry("AppInstall", "app.installed"),
            Map.entry("UNINSTALL", "app.uninstalled"),
            Map.entry("AppUninstall", "app.uninstalled"));

    HighLevelNormaliser() {}

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        JsonNode webhook = delivery.json();
        String event = webhook.path("type").asString("");
        if (!EVENT_NAME.matcher(event).matches()) {
            throw new Unreadable("/type", "The event has no name.");
        }
        return switch (event) {
            case "AppointmentCreate", "AppointmentUpdate", "AppointmentDelete" -> mapAppointment(event, webhook);
            case "InboundMessage" -> mapMessage(true, webhook);
            case "OutboundMessage" -> mapMessage(false, webhook);
            default -> mapByType(event, webhook);
        };
    }

    private static Normalised mapAppointment(String event, JsonNode webhook) {
        JsonNode record = webhook.path("appointment");
        requireText(record, "/appointment/", "id");
        String location = requireText(webhook, "/", "locationId");
        return switch (event) {
            case "AppointmentCreate" -> HighLevelEventMapper.mapAppointmentCreated(location, record);
            case "AppointmentDelete" ->
                HighLevelEventMapper.mapAppointmentDeleted(location, record, timestamp(webhook));
            default -> {
                var updated = HighLevelEventMapper.mapAppointmentUpdated(location, record);
                // Without a time of change only the delivery tells two changes apart.
                yield updated.time().isPresent() ? updated : withKey(updated, deduplicationKey(event, webhook));
            }
        };
    }

    private static Normalised withKey(Normalised event, String key) {
        return new Normalised(
                event.type(), key, event.subject(), event.time(), event.routes(), event.person(), event.data());
    }

    /** HighLevel's published samples have no message id: then the conversation is the subject. */
    private static Normalised mapMessage(boolean received, JsonNode webhook) {
        String location = requireText(webhook, "/", "locationId");
        String id = webhook.path("messageId").asString("");
        var message = HighLevelEventMapper.mapMessage(received, id, location, webhook);
        if (!id.isEmpty()) {
            return message;
        }
        return HighLevelEventMapper.buildEvent(
                message.type(),
                deduplicationKey(webhook.path("type").asString(), webhook),
                requireText(webhook, "/", "conversationId"),
                message.time(),
                location,
                message.person(),
                message.data());
    }

    private static Normalised mapByType(String event, JsonNode webhook) {
        String type = TYPES.get(event);
        return type == null ? mapUnknown(event, webhook) : mapKnown(event, type, webhook);
    }

    private static Normalised mapKnown(String event, String type, JsonNode webhook) {
        String kind = type.startsWith("app.") ? "app" : type.split("\\.", -1)[1];
        ObjectNode data = switch (kind) {
            case "contact" -> HighLevelEventMapper.mapContact(webhook);
            case "opportunity" -> HighLevelEventMapper.mapOpportunity(webhook);
            case "note" -> HighLevelEventMapper.mapNote(webhook);
            case "task" -> HighLevelEventMapper.mapTask(webhook);
            default -> HighLevelEventMapper.mapApp(webhook);
        };
        Optional<String> person = kind.equals("contact")
                ? HighLevelEventMapper.findPerson(webhook)
                : HighLevelEventMapper.findContact(webhook.path("contactId"));
        // An app installed for a whole agency names no location: the event has no client.
        String location =
                kind.equals("app") ? webhook.path("locationId").asString("") : requireText(webhook, "/", "locationId");
        return HighLevelEventMapper.buildEvent(
                type,
                deduplicationKey(event, webhook),
                requireText(webhook, "/", kind.equals("app") ? "appId" : "id"),
                type.endsWith(".created")
                        ? HighLevelTimestamps.parse(webhook.path("dateAdded")).or(() -> timestamp(webhook))
                        : timestamp(webhook),
                location,
                person,
                data);
    }

    /** Keeps an event of an unknown type with its payload, so that people see it. */
    private static Normalised mapUnknown(String event, JsonNode webhook) {
        ObjectNode data = Json.object().put("event", event);
        data.set("payload", webhook);
        return HighLevelEventMapper.buildEvent(
                "provider.highlevel."
                        + CAMEL_CASE_BOUNDARY.matcher(event).replaceAll("$1_$2").toLowerCase(Locale.ROOT),
                deduplicationKey(event, webhook),
                Optional.of(webhook.path("id").asString(""))
                        .filter(it -> !it.isBlank())
                        .orElse("unknown"),
                timestamp(webhook),
                webhook.path("locationId").asString(""),
                HighLevelEventMapper.findContact(webhook.path("contactId")),
                data);
    }

    /** The delivery's id; without one, a digest of its content. */
    private static String deduplicationKey(String event, JsonNode webhook) {
        String id = webhook.path("webhookId").asString("");
        return id.isEmpty() ? event + ":" + HexFormat.of().formatHex(Json.digest(webhook)) : id;
    }

    private static Optional<Instant> timestamp(JsonNode webhook) {
        return HighLevelTimestamps.parse(webhook.path("timestamp"));
    }

    private static String requireText(JsonNode from, String pointer, String name) {
        JsonNode value = from.path(name);
        if (!value.isString() || value.asString().isEmpty()) {
            throw new Unreadable(pointer + name, "There is no " + name + ".");
        }
        return value.asString();
    }
}
