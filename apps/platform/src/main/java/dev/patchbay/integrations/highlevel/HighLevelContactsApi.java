package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.ProviderResponses;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends contact requests and reads their responses (HighLevel API 2021-07-28, "Contacts"). */
record HighLevelContactsApi(OutgoingHttp http) {

    static final ProviderResponses RESPONSES = new ProviderResponses("HighLevel", HighLevelContactsApi::errorMessage);

    private static final HttpOutcome NO_CONTACTS =
            new Responded(200, Json.object().set("contacts", Json.MAPPER.createArrayNode()), Optional.empty());

    /**
     * Creates a contact. HighLevel refuses with {@code meta.contactId} when the location allows no duplicates and it would be
     * one.
     */
    HttpOutcome create(CallContext callContext, JsonNode contact) {
        return post(callContext, "contacts.create", "/contacts/", contact);
    }

    HttpOutcome update(CallContext callContext, String contactId, JsonNode changes) {
        return send(
                callContext,
                HttpCall.json("highlevel/contacts.update", "PUT", uri(callContext, path(contactId)), changes));
    }

    /** Adds tags to the existing tags of the contact. */
    HttpOutcome addTags(CallContext callContext, String contactId, JsonNode tags) {
        return post(callContext, "contacts.tags", path(contactId) + "/tags", tags);
    }

    /** Lists the definitions of the location's custom fields for contacts ("Get Custom Fields"). */
    HttpOutcome listCustomFields(CallContext callContext) {
        String path = "/locations/" + encode(locationId(callContext)) + "/customFields?model=contact";
        return send(callContext, HttpCall.get("highlevel/customFields.list", uri(callContext, path)));
    }

    HttpOutcome addNote(CallContext callContext, String contactId, JsonNode note) {
        return post(callContext, "notes.create", path(contactId) + "/notes", note);
    }

    HttpOutcome listNotes(CallContext callContext, String contactId) {
        return send(callContext, HttpCall.get("highlevel/notes.list", uri(callContext, path(contactId) + "/notes")));
    }

    HttpOutcome createOpportunity(CallContext callContext, JsonNode opportunity) {
        return post(callContext, "opportunities.create", "/opportunities/", opportunity);
    }

    HttpOutcome updateOpportunity(CallContext callContext, String id, JsonNode changes) {
        URI uri = uri(callContext, "/opportunities/" + encode(id));
        return send(callContext, HttpCall.json("highlevel/opportunities.update", "PUT", uri, changes));
    }

    HttpOutcome searchOpportunities(CallContext callContext, String contactId, String pipelineId) {
        String query = "/opportunities/search?location_id=%s&contact_id=%s&pipeline_id=%s"
                .formatted(encode(locationId(callContext)), encode(contactId), encode(pipelineId));
        return send(callContext, HttpCall.get("highlevel/opportunities.search", uri(callContext, query)));
    }

    private static String path(String contactId) {
        return "/contacts/" + encode(contactId);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpOutcome get(CallContext callContext, String contactId) {
        return send(callContext, HttpCall.get("highlevel/contacts.get", uri(callContext, path(contactId))));
    }

    /** Searches by phone first, then by e-mail. */
    HttpOutcome search(CallContext callContext, ContactDetails details) {
        HttpOutcome byPhone = search(callContext, "phone", details.phone());
        return isSuccess(byPhone) && findMatches(byPhone, details).isEmpty()
                ? search(callContext, "email", details.email())
                : byPhone;
    }

    HttpOutcome searchByPhone(CallContext callContext, ContactDetails details) {
        return search(callContext, "phone", details.phone());
    }

    HttpOutcome searchByEmail(CallContext callContext, ContactDetails details) {
        return search(callContext, "email", details.email());
    }

    private HttpOutcome search(CallContext callContext, String field, @Nullable String value) {
        if (value == null) {
            return NO_CONTACTS;
        }
        ObjectNode body = Json.object();
        body.put("locationId", locationId(callContext)).put("page", 1).put("pageLimit", 20);
        body.putArray("filters")
                .addObject()
                .put("field", field)
                .put("operator", "eq")
                .put("value", value);
        return post(callContext, "contacts.search", "/contacts/search", body);
    }

    static boolean isSuccess(HttpOutcome outcome) {
        return outcome instanceof Responded responded && responded.isSuccess();
    }

    /** Returns only contacts with the same phone or e-mail, because a search may match loosely. */
    static List<JsonNode> findMatches(HttpOutcome outcome, ContactDetails details) {
        return outcome instanceof Responded responded ? findMatches(responded.body(), details) : List.of();
    }

    static List<JsonNode> findMatches(JsonNode body, ContactDetails details) {
        return body.path("contacts")
                .valueStream()
                .filter(it -> it.path("phone").asString("").equals(details.phone())
                        || it.path("email").asString("").equalsIgnoreCase(details.email()))
                .toList();
    }

    private HttpOutcome post(CallContext callContext, String operation, String path, JsonNode body) {
        return send(callContext, HttpCall.json("highlevel/" + operation, "POST", uri(callContext, path), body));
    }

    private HttpOutcome send(CallContext callContext, HttpCall call) {
        return http.send(
                call.withHeader(
                                "Authorization",
                                "Bearer " + callContext.account().secret("access_token"))
                        .withHeader("Version", "2021-07-28"),
                callContext.window(),
                callContext.journal());
    }

    private static URI uri(CallContext callContext, String path) {
        return URI.create(callContext.account().baseUrl() + path);
    }

    static String locationId(CallContext callContext) {
        return callContext.account().settings().path("locationId").asString("");
    }

    /** Reads the error message, which HighLevel sends as a text or as a list of texts. */
    private static String errorMessage(JsonNode body) {
        JsonNode message = body.path("message");
        return message.isArray() ? message.path(0).asString("") : message.asString("");
    }
}
