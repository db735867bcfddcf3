package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.Contact;
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

    HttpOutcome upsert(CallContext callContext, JsonNode contact) {
        return post(callContext, "contacts.upsert", "/contacts/upsert", contact);
    }

    HttpOutcome get(CallContext callContext, String contactId) {
        String id = URLEncoder.encode(contactId, StandardCharsets.UTF_8);
        return send(callContext, HttpCall.get("highlevel/contacts.get", uri(callContext, "/contacts/" + id)));
    }

    /** Searches by phone first, then by e-mail: the order in which a location detects duplicates ("Upsert Contact"). */
    HttpOutcome search(CallContext callContext, ContactDetails details) {
        HttpOutcome byPhone = search(callContext, "phone", details.phone());
        return isSuccess(byPhone) && findMatches(byPhone, details).isEmpty()
                ? search(callContext, "email", details.email())
                : byPhone;
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

    /** A search may match loosely; only contacts with the same phone or e-mail are kept. */
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

    static Optional<Contact> readContact(JsonNode contact) {
        return findText(contact, "id")
                .map(id -> new Contact(
                        id,
                        false,
                        findText(contact, "phone").orElse(null),
                        findText(contact, "email").orElse(null),
                        findText(contact, "firstName").orElse(null),
                        findText(contact, "lastName").orElse(null)));
    }

    private static Optional<String> findText(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).asString(null)).filter(it -> !it.isBlank());
    }

    /** HighLevel sends {@code message} as a text or as a list of texts. */
    private static String errorMessage(JsonNode body) {
        JsonNode message = body.path("message");
        return message.isArray() ? message.path(0).asString("") : message.asString("");
    }
}
