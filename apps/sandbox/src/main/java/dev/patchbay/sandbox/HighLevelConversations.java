package dev.patchbay.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** HighLevel's conversations with contacts, and the messages in them. */
final class HighLevelConversations {

    private final Books books;
    private final Clock clock;
    private final HighLevelWebhooks webhooks;

    HighLevelConversations(Books books, Clock clock, HighLevelWebhooks webhooks) {
        this.books = books;
        this.clock = clock;
        this.webhooks = webhooks;
    }

    /** By their last message, after the given one: HighLevel pages by the sort value of the last that was read. */
    Answer search(Request request, String locationId) {
        HighLevel.mine(request.query("locationId").orElse(""), locationId);
        boolean ascending = request.query("sort").orElse("desc").equals("asc");
        long after = request.query("startAfterDate").map(Long::parseLong).orElse(ascending ? 0 : Long.MAX_VALUE);
        Comparator<ObjectNode> oldestFirst = Comparator.comparingLong(HighLevelConversations::lastMessage);
        List<ObjectNode> found = books.all(Shelf.HIGHLEVEL_CONVERSATIONS).stream()
                .filter(one -> Json.text(one, "locationId").equals(locationId))
                .filter(one -> ascending ? lastMessage(one) > after : lastMessage(one) < after)
                .sorted(ascending ? oldestFirst : oldestFirst.reversed())
                .toList();
        ObjectNode answer = Json.object().put("total", found.size());
        answer.set(
                "conversations",
                Json.array(found.stream().limit(request.number("limit", 20)).toList()));
        return Answer.ok(answer);
    }

    private static long lastMessage(ObjectNode conversation) {
        return conversation.path("lastMessageDate").asLong();
    }

    /** Newest first; {@code lastMessageId} of one page asks for the next. */
    Answer messages(Request request, String locationId) {
        String id = request.param("id");
        boolean mine = books.find(Shelf.HIGHLEVEL_CONVERSATIONS, id)
                .filter(found -> Json.text(found, "locationId").equals(locationId))
                .isPresent();
        if (!mine) {
            throw new Refusal(HighLevel.trouble(400, "Conversation not found"));
        }
        List<ObjectNode> all = books.all(Shelf.HIGHLEVEL_MESSAGES).stream()
                .filter(one -> Json.text(one, "conversationId").equals(id))
                .sorted(Comparator.comparing((ObjectNode one) -> Instant.parse(Json.text(one, "dateAdded")))
                        .reversed())
                .toList();
        List<String> ids = all.stream().map(one -> Json.text(one, "id")).toList();
        List<ObjectNode> rest =
                all.subList(ids.indexOf(request.query("lastMessageId").orElse("")) + 1, all.size());
        List<ObjectNode> shown =
                rest.stream().limit(request.number("limit", 20)).toList();
        ObjectNode page = Json.object().put("nextPage", rest.size() > shown.size());
        page.put("lastMessageId", shown.isEmpty() ? "" : Json.text(shown.getLast(), "id"));
        page.set("messages", Json.array(shown));
        ObjectNode answer = Json.object();
        answer.set("messages", page);
        return Answer.ok(answer);
    }

    /** A contact writes, or ({@code direction: outbound}) the business does; awaits the webhook's first attempt. */
    ObjectNode say(ObjectNode wanted) {
        ObjectNode message = books.alone(() -> write(wanted));
        boolean outbound = Json.text(message, "direction").equals("outbound");
        ObjectNode told = message.deepCopy()
                .remove(List.of("id", "type"))
                .put("messageId", Json.text(message, "id"))
                .put("messageType", Json.text(message, "messageType").replaceFirst("^TYPE_", ""));
        ObjectNode answer = Json.object();
        answer.set("message", message);
        answer.set("deliveries", Json.array(webhooks.tellNow(outbound ? "OutboundMessage" : "InboundMessage", told)));
        return answer;
    }

    private ObjectNode write(ObjectNode wanted) {
        Instant at = Instant.parse(Json.find(wanted, "at").orElse(HighLevel.now(clock)));
        String locationId = Json.text(wanted, "locationId");
        String contactId = Json.text(wanted, "contactId");
        ObjectNode conversation = books.all(Shelf.HIGHLEVEL_CONVERSATIONS).stream()
                .filter(one -> Json.text(one, "contactId").equals(contactId))
                .filter(one -> Json.text(one, "locationId").equals(locationId))
                .findFirst()
                .map(ObjectNode::deepCopy)
                .orElseGet(() -> Json.object()
                        .put("id", Ids.alphanumeric(20))
                        .put("locationId", locationId)
                        .put("contactId", contactId)
                        .put("type", "TYPE_PHONE")
                        .put("unreadCount", 0)
                        .put("lastMessageDate", 0L));
        String body = Json.text(wanted, "body");
        conversation
                .put("lastMessageBody", body)
                .put("lastMessageType", "TYPE_SMS")
                .put("lastMessageDate", Math.max(lastMessage(conversation), at.toEpochMilli()));
        books.put(Shelf.HIGHLEVEL_CONVERSATIONS, Json.text(conversation, "id"), conversation);
        String id = Json.find(wanted, "id").orElseGet(() -> Ids.alphanumeric(20));
        ObjectNode message = Json.object()
                .put("id", id)
                .put("type", 2)
                .put("messageType", "TYPE_SMS")
                .put("locationId", locationId)
                .put("contactId", contactId)
                .put("conversationId", Json.text(conversation, "id"))
                .put("dateAdded", at.toString())
                .put("body", body)
                .put("direction", Json.find(wanted, "direction").orElse("inbound"))
                .put("status", "delivered")
                .put("contentType", "text/plain");
        message.set("attachments", Json.MAPPER.createArrayNode());
        books.put(Shelf.HIGHLEVEL_MESSAGES, id, message);
        return message;
    }
}
