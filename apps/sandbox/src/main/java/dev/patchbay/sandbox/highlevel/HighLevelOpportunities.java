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
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's opportunities: a contact in a stage of a pipeline. A contact may have several in one pipeline. */
final class HighLevelOpportunities {

    private static final List<String> REQUIRED = List.of("pipelineId", "name", "status", "contactId");

    private final Store store;
    private final Clock clock;

    HighLevelOpportunities(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    Response create(Request request, String locationId) {
        ObjectNode members = request.json();
        HighLevelErrors.requireSameLocation(Json.text(members, "locationId"), locationId);
        REQUIRED.stream()
                .filter(name -> Json.text(members, name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw HighLevelErrors.error(422, name + " should not be empty");
                });
        String id = Ids.alphanumeric(20);
        ObjectNode opportunity = Json.object().put("id", id).put("createdAt", Timestamps.now(clock));
        return Response.json(201, wrap(write(id, opportunity, members)));
    }

    Response update(Request request, String locationId) {
        String id = request.pathParameter("id");
        ObjectNode opportunity = store.find(Table.HIGHLEVEL_OPPORTUNITIES, id)
                .filter(found -> Json.text(found, "locationId").equals(locationId))
                .orElseThrow(() -> HighLevelErrors.error(400, "Opportunity not found"));
        return Response.ok(wrap(write(id, opportunity, request.json())));
    }

    private ObjectNode write(String id, ObjectNode opportunity, ObjectNode members) {
        opportunity.setAll(members).put("updatedAt", Timestamps.now(clock));
        store.put(Table.HIGHLEVEL_OPPORTUNITIES, id, opportunity);
        return opportunity;
    }

    private static ObjectNode wrap(ObjectNode opportunity) {
        return Json.object().set("opportunity", opportunity);
    }

    /** By {@code location_id}, {@code contact_id}, {@code pipeline_id} and {@code status}. */
    Response search(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.query("location_id").orElse(""), locationId);
        List<ObjectNode> matches = store.list(Table.HIGHLEVEL_OPPORTUNITIES).stream()
                .filter(found -> Json.text(found, "locationId").equals(locationId))
                .filter(found -> matches(request, "contact_id", Json.text(found, "contactId")))
                .filter(found -> matches(request, "pipeline_id", Json.text(found, "pipelineId")))
                .filter(found -> matches(request, "status", Json.text(found, "status")))
                .toList();
        ObjectNode body = Json.object();
        body.set("opportunities", Json.array(matches));
        body.set("meta", Json.object().put("total", matches.size()));
        return Response.ok(body);
    }

    private static boolean matches(Request request, String parameter, String value) {
        return request.query(parameter)
                .filter(expected -> !expected.equals(value))
                .isEmpty();
    }
}
