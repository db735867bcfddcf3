package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import dev.patchbay.sandbox.core.VendorError;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Simulates HighLevel's contacts. */
final class HighLevelContacts {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.][^@\\s]*\\.[^@\\s.]+");

    private final Store store;
    private final Clock clock;
    private final HighLevelWebhooks webhooks;
    private final HighLevelCustomFields customFields;

    HighLevelContacts(Store store, Clock clock, HighLevelWebhooks webhooks, HighLevelCustomFields customFields) {
        this.customFields = customFields;
        this.store = store;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    /**
     * Matches by the location's duplicate setting: by phone first, or by e-mail first with {@code "matchFirst": "email"};
     * additional numbers and addresses match too. A number that another contact has is left out, as users report
     * (GoHighLevel/highlevel-api-docs#37). Tags and source are replaced ("Upsert Contact").
     */
    Response upsert(Request request, String locationId) {
        ObjectNode members = requireValid(request, locationId);
        Optional<ObjectNode> existing = findDuplicate(members, locationId);
        existing.ifPresent(contact -> dropWhatOthersHave(contact, members, locationId));
        ObjectNode contact = write(existing.orElseGet(() -> newContact(locationId)), members);
        webhooks.send(existing.isEmpty() ? "ContactCreate" : "ContactUpdate", contact);
        ObjectNode body = Json.object().put("new", existing.isEmpty());
        body.set("contact", contact);
        return Response.ok(body.put("traceId", Ids.hex(32)));
    }

    /**
     * Creates a contact. Refuses a duplicate unless the location allows duplicates, and names the contact that it would repeat.
     */
    Response create(Request request, String locationId) {
        ObjectNode members = requireValid(request, locationId);
        Optional<ObjectNode> existing = findDuplicate(members, locationId)
                .filter(contact -> !location(locationId).path("allowDuplicates").asBoolean(false));
        if (existing.isPresent()) {
            ObjectNode body = Json.object()
                    .put("statusCode", 400)
                    .put("message", "This location does not allow duplicated contacts.");
            body.set("meta", Json.object().put("contactId", Json.text(existing.get(), "id")));
            throw new VendorError(Response.json(400, body.put("traceId", Ids.hex(32))));
        }
        ObjectNode contact = write(newContact(locationId), members);
        webhooks.send("ContactCreate", contact);
        ObjectNode body = Json.object();
        body.set("contact", contact);
        return Response.json(201, body.put("traceId", Ids.hex(32)));
    }

    private ObjectNode requireValid(Request request, String locationId) {
        ObjectNode members = request.json();
        HighLevelErrors.requireSameLocation(Json.text(members, "locationId"), locationId);
        if (Json.text(members, "phone").isEmpty() && Json.text(members, "email").isEmpty()) {
            throw HighLevelErrors.error(422, "Either phone or email is required");
        }
        requireEmail(members);
        return members;
    }

    private static void requireEmail(ObjectNode members) {
        String email = Json.text(members, "email");
        if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
            throw HighLevelErrors.error(422, "email must be an email");
        }
    }

    private ObjectNode location(String locationId) {
        return store.find(Table.HIGHLEVEL_LOCATIONS, locationId).orElseGet(Json::object);
    }

    private Optional<ObjectNode> findDuplicate(ObjectNode members, String locationId) {
        boolean emailFirst = Json.text(location(locationId), "matchFirst").equals("email");
        Optional<ObjectNode> byPhone = findBy("phone", "additionalPhones", members, locationId);
        Optional<ObjectNode> byEmail = findBy("email", "additionalEmails", members, locationId);
        return emailFirst ? byEmail.or(() -> byPhone) : byPhone.or(() -> byEmail);
    }

    private void dropWhatOthersHave(ObjectNode contact, ObjectNode members, String locationId) {
        List.of("phone", "email")
                .forEach(member -> findBy(member, "none", members, locationId)
                        .filter(other -> !Json.text(other, "id").equals(Json.text(contact, "id")))
                        .ifPresent(other -> members.remove(member)));
    }

    private Optional<ObjectNode> findBy(String member, String more, ObjectNode members, String locationId) {
        String value = Json.text(members, member);
        return contacts(locationId).stream()
                .filter(contact -> !value.isEmpty())
                .filter(contact -> Json.text(contact, member).equalsIgnoreCase(value)
                        || contact.path(more)
                                .valueStream()
                                .anyMatch(one -> Json.text(one, member).equalsIgnoreCase(value)))
                .findFirst()
                .map(ObjectNode::deepCopy);
    }

    /** Adds tags, or removes them with DELETE; other tags stay ("Add Tags", "Remove Tags"). */
    Response changeTags(Request request, String locationId) {
        ObjectNode contact = requireContact(request, locationId);
        var tags = new LinkedHashSet<String>();
        contact.path("tags").forEach(tag -> tags.add(tag.asString()));
        request.json().path("tags").forEach(tag -> {
            if (request.method().equals("DELETE")) {
                tags.remove(tag.asString());
            } else {
                tags.add(tag.asString());
            }
        });
        ObjectNode members = Json.object();
        members.set("tags", Json.MAPPER.valueToTree(tags));
        webhooks.send("ContactTagUpdate", write(contact, members));
        return Response.json(201, members);
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
        contact.setAll(members.deepCopy().remove(List.of("id", "locationId", "customFields", "dndSettings")));
        writeCustomFields(contact, members);
        writeDnd(contact, members);
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

    /** Writes custom fields by id or key; HighLevel ignores one that the location does not have. */
    private void writeCustomFields(ObjectNode contact, ObjectNode members) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        contact.path("customFields").forEach(field -> values.put(Json.text(field, "id"), field.path("value")));
        members.path("customFields")
                .forEach(field -> values.put(
                        customFields.findId(field, Json.text(contact, "locationId")),
                        field.has("field_value") ? field.path("field_value") : field.path("value")));
        values.remove("");
        var fields = contact.putArray("customFields");
        values.forEach((id, value) -> fields.addObject().put("id", id).set("value", value));
    }

    private static void writeDnd(ObjectNode contact, ObjectNode members) {
        if (members.path("dndSettings").isObject()) {
            ObjectNode settings = contact.path("dndSettings") instanceof ObjectNode present ? present : Json.object();
            members.path("dndSettings")
                    .properties()
                    .forEach(channel -> settings.set(channel.getKey(), channel.getValue()));
            contact.set("dndSettings", settings);
        }
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
        // "succeded" is HighLevel's own spelling.
        ObjectNode body = Json.object().put("succeded", true);
        requireEmail(request.json());
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

    ObjectNode requireContact(Request request, String locationId) {
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
