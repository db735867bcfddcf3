package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Simulates HighLevel's definitions of custom fields ("Get Custom Fields", "Create Custom Field"). */
final class HighLevelCustomFields {

    private static final String MODEL = "contact";

    private final Store store;

    HighLevelCustomFields(Store store) {
        this.store = store;
    }

    Response list(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.pathParameter("id"), locationId);
        String model = request.query("model").orElse("all");
        ObjectNode body = Json.object();
        body.set(
                "customFields",
                Json.array(definitions(locationId).stream()
                        .filter(field ->
                                model.equals("all") || Json.text(field, "model").equals(model))
                        .toList()));
        return Response.ok(body);
    }

    /** Creates a field, whose key is made from its name, as HighLevel does. */
    Response create(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.pathParameter("id"), locationId);
        ObjectNode members = request.json();
        for (String member : List.of("name", "dataType")) {
            if (Json.text(members, member).isEmpty()) {
                throw HighLevelErrors.error(422, member + " should not be empty");
            }
        }
        String model = Json.find(members, "model").orElse(MODEL);
        String id = Ids.alphanumeric(20);
        String key = Json.text(members, "name").toLowerCase(Locale.ROOT).strip().replaceAll("[^a-z0-9]+", "_");
        ObjectNode field = Json.object();
        field.setAll(members);
        field.put("id", id)
                .put("model", model)
                .put("fieldKey", model + "." + key)
                .put("locationId", locationId);
        store.put(Table.HIGHLEVEL_CUSTOM_FIELDS, id, field);
        ObjectNode body = Json.object();
        body.set("customField", field);
        return Response.json(201, body);
    }

    private List<ObjectNode> definitions(String locationId) {
        return store.list(Table.HIGHLEVEL_CUSTOM_FIELDS).stream()
                .filter(field -> Json.text(field, "locationId").equals(locationId))
                .toList();
    }

    /** Returns the id of the field that a contact's member names by id or key; an empty text for one that HighLevel ignores. */
    String findId(JsonNode named, String locationId) {
        String key = Json.text(named, "key");
        return definitions(locationId).stream()
                .filter(field -> Json.text(field, "id").equals(Json.text(named, "id"))
                        || (!key.isEmpty() && List.of(key, MODEL + "." + key).contains(Json.text(field, "fieldKey"))))
                .map(field -> Json.text(field, "id"))
                .findFirst()
                .orElse("");
    }
}
