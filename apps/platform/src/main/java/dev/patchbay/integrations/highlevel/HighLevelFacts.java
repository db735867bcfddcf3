package dev.patchbay.integrations.highlevel;

import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * HighLevel's records as facts. Appointments and messages can be learnt by webhook and by polling: their keys come from
 * the fact alone, and their data hold only what both ways say alike (no delivery status, for it changes).
 */
final class HighLevelFacts {

    private HighLevelFacts() {}

    /** That it was made; of a record that changed since, with what it became. */
    static Normalised appointmentCreated(String locationId, JsonNode record) {
        return appointment("created", "", Moments.read(record.path("dateAdded")), locationId, record);
    }

    /** What it became; each change is a fact of its own by the time HighLevel gives it. */
    static Normalised appointmentUpdated(String locationId, JsonNode record) {
        Optional<Instant> at = Moments.read(record.path("dateUpdated"));
        return appointment("updated", at.map(it -> ":" + it).orElse(""), at, locationId, record);
    }

    static Normalised appointmentDeleted(String locationId, JsonNode record, Optional<Instant> at) {
        return appointment("deleted", "", at, locationId, record);
    }

    private static Normalised appointment(
            String what, String version, Optional<Instant> time, String locationId, JsonNode record) {
        String id = record.path("id").asString("");
        ObjectNode data = new Shape(record)
                .put("id", id)
                .put("locationId", locationId)
                .text("calendarId", "calendarId")
                .text("contactId", "contactId")
                .text("title", "title")
                .text("appointmentStatus", "status")
                .text("assignedUserId", "assignedUserId")
                .text("address", "address")
                .moment("startTime", "startsAt")
                .moment("endTime", "endsAt")
                .moment("dateAdded", "createdAt")
                .moment("dateUpdated", "updatedAt")
                .as("appointment");
        return fact(
                "crm.appointment." + what,
                "appointment." + what + ":" + id + version,
                id,
                time,
                locationId,
                contact(record.path("contactId")),
                data);
    }

    /** @param id as webhooks call it {@code messageId} and lists {@code id} */
    static Normalised message(boolean received, String id, String locationId, JsonNode record) {
        ObjectNode data = new Shape(record)
                .put("id", id)
                .put("locationId", locationId)
                .text("conversationId", "conversationId")
                .text("contactId", "contactId")
                .put("channel", record.path("messageType").asString("").replaceFirst("^TYPE_", ""))
                .text("body", "body")
                .text("contentType", "contentType")
                .texts("attachments", "attachments")
                .moment("dateAdded", "createdAt")
                .as("message");
        return fact(
                received ? "crm.message.received" : "crm.message.sent",
                "message:" + id,
                id,
                Moments.read(record.path("dateAdded")),
                locationId,
                contact(record.path("contactId")),
                data);
    }

    static ObjectNode contactData(JsonNode record) {
        return new Shape(record)
                .text("id", "id")
                .text("locationId", "locationId")
                .text("name", "name")
                .text("firstName", "firstName")
                .text("lastName", "lastName")
                .text("email", "email")
                .phone("phone", "phone")
                .text("companyName", "companyName")
                .text("source", "source")
                .text("assignedTo", "assignedUserId")
                .truth("dnd", "doNotDisturb")
                .texts("tags", "tags")
                .list("customFields", "customFields")
                .moment("dateAdded", "createdAt")
                .as("contact");
    }

    static ObjectNode opportunityData(JsonNode record) {
        return new Shape(record)
                .text("id", "id")
                .text("locationId", "locationId")
                .text("contactId", "contactId")
                .text("name", "name")
                .text("status", "status")
                .text("pipelineId", "pipelineId")
                .text("pipelineStageId", "stageId")
                .text("source", "source")
                .text("assignedTo", "assignedUserId")
                .decimal("monetaryValue", "value")
                .moment("dateAdded", "createdAt")
                .as("opportunity");
    }

    static ObjectNode noteData(JsonNode record) {
        return new Shape(record)
                .text("id", "id")
                .text("locationId", "locationId")
                .text("contactId", "contactId")
                .text("body", "body")
                .moment("dateAdded", "createdAt")
                .as("note");
    }

    static ObjectNode taskData(JsonNode record) {
        return new Shape(record)
                .text("id", "id")
                .text("locationId", "locationId")
                .text("contactId", "contactId")
                .text("title", "title")
                .text("body", "body")
                .text("assignedTo", "assignedUserId")
                .truth("completed", "completed")
                .moment("dueDate", "dueAt")
                .moment("dateAdded", "createdAt")
                .as("task");
    }

    static ObjectNode appData(JsonNode record) {
        return new Shape(record)
                .text("appId", "id")
                .text("locationId", "locationId")
                .text("companyId", "companyId")
                .text("companyName", "companyName")
                .text("planId", "planId")
                .as("app");
    }

    static Optional<String> person(JsonNode contact) {
        return PhoneNumber.read(contact.path("phone").asString(""))
                .map(PhoneNumber::e164)
                .or(() -> Optional.of(contact.path("email").asString("")).filter(it -> !it.isBlank()))
                .or(() -> contact(contact.path("id")));
    }

    static Optional<String> contact(JsonNode id) {
        return Optional.of(id.asString("")).filter(it -> !it.isBlank()).map(it -> "contact:" + it);
    }

    static Normalised fact(
            String type,
            String key,
            String subject,
            Optional<Instant> time,
            String locationId,
            Optional<String> person,
            JsonNode data) {
        List<Route> routes = locationId.isEmpty() ? List.of() : List.of(new Route("location", locationId));
        return new Normalised(type, key, subject, time, routes, person, data);
    }
}
