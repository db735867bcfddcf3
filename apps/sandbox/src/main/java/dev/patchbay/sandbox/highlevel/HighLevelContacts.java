package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's contacts. */
final class HighLevelContacts {

    private final Store store;
    private final Clock clock;
    private final HighLevelWebhooks webhooks;

    HighLevelContacts(Store store, Clock clock, HighLevelWebhooks webhooks) {
        this.store = store;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    Response upsert(Request request, String locationId) {
        ObjectNode members = request.json();
        HighLevelErrors.requireSameLocation(Json.text(members, "locationId"), locationId);
        if (Json.text(members, "phone").isEmpty() && Json.text(members, "email").isEmpty()) {
            throw HighLevelErrors.error(422, "Either phone or email is required");
        }
        // The default duplicate setting of a location: match by phone, then by e-mail.
        Optional<ObjectNode> existing =
                findBy("phone", members, locationId).or(() -> findBy("email", members, locationId));
        ObjectNode contact = write(existing.orElseGet(() -> newContact(locationId)), members);
        webhooks.send(existing.isEmpty() ? "ContactCreate" : "ContactUpdate", contact);
        ObjectNode body = Json.object().put("new", existing.isEmpty());
        body.set("contact", contact);
        return Response.ok(body.put("traceId", Ids.hex(32)));
    }

    private Optional<ObjectNode> findBy(String member, ObjectNode members, String locationId) {
        String value = Json.text(members, member);
        return contacts(locationId).stream()
                .filter(contact -> !value.isEmpty())
                .filter(contact -> Json.text(contact, member).equalsIgnoreCase(value))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    private ObjectNode newContact(String locationId) {
        ObjectNode contact = Json.object()
                .put("id", Ids.alphanumeric(20))
                .put("locationId", locationId)
                .put("type", "lead")
                .put("country", "US")
                .put("dnd", false)
                .put("dateAdded", Timestamps.now(clock));
        contact.set("tags", Json.MAPPER.createArrayNode());
        contact.set("customFields", Json.MAPPER.createArrayNode());
        return contact;
    }

    private ObjectNode write(ObjectNode contact, ObjectNode members) {
        contact.setAll(members.deepCopy().remove(List.of("id", "locationId")));
        String fullName = (Json.text(contact, "firstName") + " " + Json.text(contact, "lastName")).strip();
        contact.put("name", fullName.isEmpty() ? Json.text(contact, "name") : fullName)
                .put("firstNameLowerCase", lowerCase(contact, "firstName"))
                .put("lastNameLowerCase", lowerCase(contact, "lastName"))
                .put("fullNameLowerCase", lowerCase(contact, "name"))
                .put("emailLowerCase", lowerCase(contact, "email"))
                .put("dateUpdated", Timestamps.now(clock));
        store.put(Table.HIGHLEVEL_CONTACTS, Json.text(contact, "id"), contact);
        return contact;
    }

    private static String lowerCase(JsonNode node, String member) {
        return Json.text(node, member).toLowerCase(Locale.ROOT);
    }

    Response get(Request request, String locationId) {
        ObjectNode body = Json.object();
        body.set("contact", requireContact(request, locationId));
        return Response.ok(body.put("traceId", Ids.hex(32)));
    }

    Response update(Request request, String locationId) {
        // "succeded" is HighLevel's spelling.
        ObjectNode body = Json.object().put("succeded", true);
        ObjectNode contact = write(requireContact(request, locationId), request.json());
        webhooks.send("ContactUpdate", contact);
        body.set("contact", contact);
        return Response.ok(body);
    }

    Response delete(Request request, String locationId) {
        ObjectNode contact = requireContact(request, locationId);
        store.remove(Table.HIGHLEVEL_CONTACTS, Json.text(contact, "id"));
        webhooks.send("ContactDelete", contact);
        return Response.ok(Json.object().put("succeded", true));
    }

    private ObjectNode requireContact(Request request, String locationId) {
        return store.find(Table.HIGHLEVEL_CONTACTS, request.pathParameter("id"))
                .filter(contact -> Json.text(contact, "locationId").equals(locationId))
                .orElseThrow(() -> HighLevelErrors.error(400, "Contact not found"));
    }

    Response list(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.query("locationId").orElse(""), locationId);
        List<ObjectNode> matches = findByText(request.query("query").orElse(""), locationId);
        ObjectNode body = Json.object();
        body.set(
                "contacts",
                Json.array(matches.stream().limit(request.queryInt("limit", 20)).toList()));
        body.set("meta", Json.object().put("total", matches.size()));
        return Response.ok(body);
    }

    Response search(Request request, String locationId) {
        ObjectNode criteria = request.json();
        HighLevelErrors.requireSameLocation(Json.text(criteria, "locationId"), locationId);
        List<ObjectNode> matches = findByText(Json.text(criteria, "query"), locationId).stream()
                .filter(contact -> criteria.path("filters").valueStream().allMatch(filter -> matches(filter, contact)))
                .toList();
        int size = criteria.path("pageLimit").asInt(20);
        ObjectNode body = Json.object();
        body.set(
                "contacts",
                Json.array(matches.stream()
                        .skip((criteria.path("page").asInt(1) - 1L) * size)
                        .limit(size)
                        .toList()));
        return Response.ok(body.put("total", matches.size()).put("traceId", Ids.hex(32)));
    }

    private boolean matches(JsonNode filter, ObjectNode contact) {
        String value = lowerCase(contact, Json.text(filter, "field"));
        String operand = lowerCase(filter, "value");
        return switch (Json.text(filter, "operator")) {
            case "eq" -> value.equals(operand);
            case "contains" -> value.contains(operand);
            default -> throw HighLevelErrors.error(400, "The sandbox knows the operators eq and contains");
        };
    }

    private List<ObjectNode> findByText(String query, String locationId) {
        String text = query.toLowerCase(Locale.ROOT);
        return contacts(locationId).stream()
                .filter(contact -> List.of("fullNameLowerCase", "emailLowerCase", "phone").stream()
                        .anyMatch(member -> Json.text(contact, member).contains(text)))
                .toList();
    }

    private List<ObjectNode> contacts(String locationId) {
        return store.list(Table.HIGHLEVEL_CONTACTS).stream()
                .filter(contact -> Json.text(contact, "locationId").equals(locationId))
                .toList();
    }
}
