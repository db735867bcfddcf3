package dev.patchbay.sandbox.highlevel;

import dev.patchbay.sandbox.core.Ids;
import dev.patchbay.sandbox.core.Json;
import dev.patchbay.sandbox.core.Request;
import dev.patchbay.sandbox.core.Response;
import dev.patchbay.sandbox.core.Store;
import dev.patchbay.sandbox.core.Table;
import dev.patchbay.sandbox.core.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's conversations with contacts, and the messages in them. */
public final class HighLevelConversations {

    private final Store store;
    private final Clock clock;
    private final HighLevelWebhooks webhooks;

    public HighLevelConversations(Store store, Clock clock, HighLevelWebhooks webhooks) {
        this.store = store;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    /**
     * Lists conversations in the order of their last message. To get the next page a caller sends the
     * {@code lastMessageDate} of the last conversation as {@code startAfterDate}, in milliseconds.
     */
    Response search(Request request, String locationId) {
        HighLevelErrors.requireSameLocation(request.query("locationId").orElse(""), locationId);
        boolean ascending = request.query("sort").orElse("desc").equals("asc");
        long after = request.query("startAfterDate").map(Long::parseLong).orElse(ascending ? 0 : Long.MAX_VALUE);
        Comparator<ObjectNode> oldestFirst = Comparator.comparingLong(HighLevelConversations::lastMessageDate);
        List<ObjectNode> matches = store.list(Table.HIGHLEVEL_CONVERSATIONS).stream()
                .filter(conversation -> Json.text(conversation, "locationId").equals(locationId))
                .filter(conversation ->
                        ascending ? lastMessageDate(conversation) > after : lastMessageDate(conversation) < after)
                .sorted(ascending ? oldestFirst : oldestFirst.reversed())
                .toList();
        ObjectNode body = Json.object().put("total", matches.size());
        body.set(
                "conversations",
                Json.array(matches.stream().limit(request.queryInt("limit", 20)).toList()));
        return Response.ok(body);
    }

    private static long lastMessageDate(ObjectNode conversation) {
        return conversation.path("lastMessageDate").asLong();
    }

    /** Lists the messages of a conversation, newest first. The {@code lastMessageId} of a page requests the next page. */
    Response listMessages(Request request, String locationId) {
        String id = request.pathParameter("id");
        boolean exists = store.find(Table.HIGHLEVEL_CONVERSATIONS, id)
                .filter(conversation -> Json.text(conversation, "locationId").equals(locationId))
                .isPresent();
        if (!exists) {
            throw HighLevelErrors.error(400, "Conversation not found");
        }
        List<ObjectNode> all = store.list(Table.HIGHLEVEL_MESSAGES).stream()
                .filter(message -> Json.text(message, "conversationId").equals(id))
                .sorted(Comparator.comparing((ObjectNode message) -> Instant.parse(Json.text(message, "dateAdded")))
                        .reversed())
                .toList();
        List<String> ids = all.stream().map(message -> Json.text(message, "id")).toList();
        List<ObjectNode> rest =
                all.subList(ids.indexOf(request.query("lastMessageId").orElse("")) + 1, all.size());
        List<ObjectNode> messages =
                rest.stream().limit(request.queryInt("limit", 20)).toList();
        ObjectNode page = Json.object().put("nextPage", rest.size() > messages.size());
        page.put("lastMessageId", messages.isEmpty() ? "" : Json.text(messages.getLast(), "id"));
        page.set("messages", Json.array(messages));
        ObjectNode body = Json.object();
        body.set("messages", page);
        return Response.ok(body);
    }

    /**
     * Adds a text message from a contact, or with {@code direction: outbound} one to the contact, and waits for the
     * webhook's first attempt.
     *
     * @param script {@code {locationId, contactId, body, direction, id, at}}; {@code at} is ISO-8601
     * @return {@code {message, deliveries}}
     */
    public ObjectNode addMessage(ObjectNode script) {
        ObjectNode message = store.atomically(() -> write(script));
        boolean outbound = Json.text(message, "direction").equals("outbound");
        ObjectNode webhook = message.deepCopy()
                .remove(List.of("id", "type"))
                .put("messageId", Json.text(message, "id"))
                .put("messageType", Json.text(message, "messageType").replaceFirst("^TYPE_", ""));
        ObjectNode result = Json.object();
        result.set("message", message);
        result.set(
                "deliveries",
                Json.array(webhooks.sendAndWait(outbound ? "OutboundMessage" : "InboundMessage", webhook)));
        return result;
    }

    private ObjectNode write(ObjectNode script) {
        Instant at = Instant.parse(Json.find(script, "at").orElse(Timestamps.now(clock)));
        String locationId = Json.text(script, "locationId");
        String contactId = Json.text(script, "contactId");
        ObjectNode conversation = store.list(Table.HIGHLEVEL_CONVERSATIONS).stream()
                .filter(existing -> Json.text(existing, "contactId").equals(contactId))
                .filter(existing -> Json.text(existing, "locationId").equals(locationId))
                .findFirst()
                .map(ObjectNode::deepCopy)
                .orElseGet(() -> newConversation(locationId, contactId));
        String body = Json.text(script, "body");
        conversation
                .put("lastMessageBody", body)
                .put("lastMessageType", "TYPE_SMS")
                .put("lastMessageDate", Math.max(lastMessageDate(conversation), at.toEpochMilli()));
        store.put(Table.HIGHLEVEL_CONVERSATIONS, Json.text(conversation, "id"), conversation);
        String id = Json.find(script, "id").orElseGet(() -> Ids.alphanumeric(20));
        ObjectNode message = Json.object()
                .put("id", id)
                .put("type", 2)
                .put("messageType", "TYPE_SMS")
                .put("locationId", locationId)
                .put("contactId", contactId)
                .put("conversationId", Json.text(conversation, "id"))
                .put("dateAdded", at.toString())
                .put("body", body)
                .put("direction", Json.find(script, "direction").orElse("inbound"))
                .put("status", "delivered")
                .put("contentType", "text/plain");
        message.set("attachments", Json.MAPPER.createArrayNode());
        store.put(Table.HIGHLEVEL_MESSAGES, id, message);
        return message;
    }

    private static ObjectNode newConversation(String locationId, String contactId) {
        return Json.object()
                .put("id", Ids.alphanumeric(20))
                .put("locationId", locationId)
                .put("contactId", contactId)
                .put("type", "TYPE_PHONE")
                .put("unreadCount", 0)
                .put("lastMessageDate", 0L);
    }
}
