package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import java.time.Clock;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's notes on contacts. */
final class HighLevelNotes {

    private final Store store;
    private final Clock clock;
    private final HighLevelContacts contacts;

    HighLevelNotes(Store store, Clock clock, HighLevelContacts contacts) {
        this.store = store;
        this.clock = clock;
        this.contacts = contacts;
    }

    Response create(Request request, String locationId) {
        String contactId = Json.text(contacts.requireContact(request, locationId), "id");
        String text = Json.text(request.json(), "body");
        if (text.isEmpty()) {
            throw HighLevelErrors.error(422, "body should not be empty");
        }
        String id = Ids.alphanumeric(20);
        ObjectNode note = Json.object()
                .put("id", id)
                .put("body", text)
                .put("contactId", contactId)
                .put("dateAdded", Timestamps.now(clock));
        store.put(Table.HIGHLEVEL_NOTES, id, note);
        return Response.json(201, Json.object().set("note", note));
    }

    Response list(Request request, String locationId) {
        String contactId = Json.text(contacts.requireContact(request, locationId), "id");
        return Response.ok(Json.object()
                .set(
                        "notes",
                        Json.array(store.list(Table.HIGHLEVEL_NOTES).stream()
                                .filter(note -> Json.text(note, "contactId").equals(contactId))
                                .toList())));
    }
}
