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
 * Maps HighLevel's records to canonical events (HighLevel Marketplace, "Webhook Integration Guide"). Appointments and messages
 * arrive by webhook and by polling; their deduplication keys are derived from the record, and their data contain only members
 * that are the same in both (no delivery status, because it changes).
 */
final class HighLevelEventMapper {

    private HighLevelEventMapper() {}

    /** The creation, with the present data of the record. */
    static Normalised mapAppointmentCreated(String locationId, JsonNode record) {
        return mapAppointment("created", "", HighLevelTimestamps.parse(record.path("dateAdded")), locationId, record);
    }

    /** A change; HighLevel's time of the change tells it from other changes. */
    static Normalised mapAppointmentUpdated(String locationId, JsonNode record) {
        Optional<Instant> at = HighLevelTimestamps.parse(record.path("dateUpdated"));
        return mapAppointment("updated", at.map(it -> ":" + it).orElse(""), at, locationId, record);
    }

    static Normalised mapAppointmentDeleted(String locationId, JsonNode record, Optional<Instant> at) {
        return mapAppointment("deleted", "", at, locationId, record);
    }

    private static Normalised mapAppointment(
            String change, String version, Optional<Instant> time, String locationId, JsonNode record) {
        String id = record.path("id").asString("");
        ObjectNode data = new HighLevelRecordMapper(record)
                .put("id", id)
                .put("locationId", locationId)
                .copyText("calendarId", "calendarId")
                .copyText("contactId", "contactId")
                .copyText("title", "title")
                .copyText("appointmentStatus", "status")
                .copyText("assignedUserId", "assignedUserId")
                .copyText("address", "address")
                .copyTimestamp("startTime", "startsAt")
                .copyTimestamp("endTime", "endsAt")
                .copyTimestamp("dateAdded", "createdAt")
                .copyTimestamp("dateUpdated", "updatedAt")
                .buildAs("appointment");
        return buildEvent(
                "crm.appointment." + change,
                "appointment." + change + ":" + id + version,
                id,
                time,
                locationId,
                findContact(record.path("contactId")),
                data);
    }

    /** @param id {@code messageId} in webhooks, {@code id} in lists */
    static Normalised mapMessage(boolean received, String id, String locationId, JsonNode record) {
        ObjectNode data = new HighLevelRecordMapper(record)
                .put("id", id)
                .put("locationId", locationId)
                .copyText("conversationId", "conversationId")
                .copyText("contactId", "contactId")
                .put("channel", record.path("messageType").asString("").replaceFirst("^TYPE_", ""))
                .copyText("body", "body")
                .copyText("contentType", "contentType")
                .copyTexts("attachments", "attachments")
                .copyTimestamp("dateAdded", "createdAt")
                .buildAs("message");
        return buildEvent(
                received ? "crm.message.received" : "crm.message.sent",
                "message:" + id,
                id,
                HighLevelTimestamps.parse(record.path("dateAdded")),
                locationId,
                findContact(record.path("contactId")),
                data);
    }

    static ObjectNode mapContact(JsonNode record) {
        return new HighLevelRecordMapper(record)
                .copyText("id", "id")
                .copyText("locationId", "locationId")
                .copyText("name", "name")
                .copyText("firstName", "firstName")
                .copyText("lastName", "lastName")
                .copyText("email", "email")
                .copyPhone("phone", "phone")
                .copyText("companyName", "companyName")
                .copyText("source", "source")
                .copyText("assignedTo", "assignedUserId")
                .copyBoolean("dnd", "doNotDisturb")
                .copyTexts("tags", "tags")
                .copyList("customFields", "customFields")
                .copyTimestamp("dateAdded", "createdAt")
                .buildAs("contact");
    }

    static ObjectNode mapOpportunity(JsonNode record) {
        return new HighLevelRecordMapper(record)
                .copyText("id", "id")
                .copyText("locationId", "locationId")
                .copyText("contactId", "contactId")
                .copyText("name", "name")
                .copyText("status", "status")
                .copyText("pipelineId", "pipelineId")
                .copyText("pipelineStageId", "stageId")
                .copyText("source", "source")
                .copyText("assignedTo", "assignedUserId")
                .copyDecimal("monetaryValue", "value")
                .copyTimestamp("dateAdded", "createdAt")
                .buildAs("opportunity");
    }

    static ObjectNode mapNote(JsonNode record) {
        return new HighLevelRecordMapper(record)
                .copyText("id", "id")
                .copyText("locationId", "locationId")
                .copyText("contactId", "contactId")
                .copyText("body", "body")
                .copyTimestamp("dateAdded", "createdAt")
                .buildAs("note");
    }

    static ObjectNode mapTask(JsonNode record) {
        return new HighLevelRecordMapper(record)
                .copyText("id", "id")
                .copyText("locationId", "locationId")
                .copyText("contactId", "contactId")
                .copyText("title", "title")
                .copyText("body", "body")
                .copyText("assignedTo", "assignedUserId")
                .copyBoolean("completed", "completed")
                .copyTimestamp("dueDate", "dueAt")
                .copyTimestamp("dateAdded", "createdAt")
                .buildAs("task");
    }

    static ObjectNode mapApp(JsonNode record) {
        return new HighLevelRecordMapper(record)
                .copyText("appId", "id")
                .copyText("locationId", "locationId")
                .copyText("companyId", "companyId")
                .copyText("companyName", "companyName")
                .copyText("planId", "planId")
                .buildAs("app");
    }

    static Optional<String> findPerson(JsonNode contact) {
        return HighLevelRecordMapper.readPhone(contact, contact.path("phone").asString(""))
                .map(PhoneNumber::e164)
                .or(() -> Optional.of(contact.path("email").asString("")).filter(it -> !it.isBlank()))
                .or(() -> findContact(contact.path("id")));
    }

    static Optional<String> findContact(JsonNode id) {
        return Optional.of(id.asString("")).filter(it -> !it.isBlank()).map(it -> "contact:" + it);
    }

    static Normalised buildEvent(
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
