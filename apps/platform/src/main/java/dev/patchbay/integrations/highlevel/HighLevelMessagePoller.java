package dev.patchbay.integrations.highlevel;

import dev.patchbay.connections.Account;
import dev.patchbay.ingress.spi.PollSource.Found;
import dev.patchbay.ingress.spi.PollSource.Page;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Polls messages by conversation ("Search Conversations", "Get messages by conversation id"), starting with the conversation
 * whose last message is oldest. Each poll starts 15 minutes before the last message that the previous one saw, to allow for
 * clock differences and messages that become visible late.
 */
final class HighLevelMessagePoller {

    private static final Duration OVERLAP = Duration.ofMinutes(15);
    /** Each conversation costs one request, and HighLevel allows 100 in 10 s. */
    private static final int CONVERSATIONS_PER_PAGE = 20;

    private static final int MESSAGES_PER_PAGE = 100;

    private final HighLevelApi api;

    HighLevelMessagePoller(HighLevelApi api) {
        this.api = api;
    }

    /**
     * The cursor.
     *
     * @param since start of the present poll, Unix milliseconds: earlier messages are skipped
     * @param after last message of the last conversation that was read, Unix milliseconds
     * @param open whether the present poll continues
     */
    private record Position(long since, long after, boolean open) {

        static Position of(Optional<String> cursor, Instant from) {
            return cursor.map(text -> Json.read(Json.read(text), Position.class))
                    .map(last -> last.open() ? last : startAt(last.after() - OVERLAP.toMillis()))
                    .orElseGet(() -> startAt(from.toEpochMilli()));
        }

        private static Position startAt(long since) {
            // HighLevel's startAfterDate is exclusive, and the first millisecond counts.
            return new Position(since, since - 1, true);
        }
    }

    Page read(Account account, Optional<String> cursor, Instant from) {
        Position position = Position.of(cursor, from);
        String location = HighLevelPollSource.locationId(account);
        List<JsonNode> conversations = api.get(
                        account,
                        "highlevel/conversations.search",
                        "/conversations/search",
                        Map.of(
                                "locationId",
                                location,
                                "sort",
                                "asc",
                                "sortBy",
                                "last_message_date",
                                "startAfterDate",
                                String.valueOf(position.after()),
                                "limit",
                                String.valueOf(CONVERSATIONS_PER_PAGE)))
                .path("conversations")
                .valueStream()
                .toList();
        var found = new ArrayList<Found>();
        for (JsonNode conversation : conversations) {
            found.addAll(listMessages(account, location, conversation.path("id").asString(""), position.since()));
        }
        boolean more = conversations.size() == CONVERSATIONS_PER_PAGE;
        long after = conversations.isEmpty() ? position.after() : nextStart(conversations, more);
        return new Page(found, Json.write(new Position(position.since(), after, more)), more);
    }

    /** Several conversations may end in the same millisecond, so after a full page the last millisecond is read again. */
    private static long nextStart(List<JsonNode> conversations, boolean full) {
        long first = lastMessageAt(conversations.getFirst());
        long last = lastMessageAt(conversations.getLast());
        return full && last > first ? last - 1 : last;
    }

    private static long lastMessageAt(JsonNode conversation) {
        return HighLevelTimestamps.parse(conversation.path("lastMessageDate"))
                .orElse(Instant.EPOCH)
                .toEpochMilli();
    }

    /** Oldest first. HighLevel lists the newest first, so pages are read until one reaches back far enough. */
    private List<Found> listMessages(Account account, String location, String conversation, long since) {
        var found = new ArrayList<Found>();
        Optional<String> before = Optional.empty();
        boolean more = true;
        while (more) {
            var query = before.map(id -> Map.of("limit", String.valueOf(MESSAGES_PER_PAGE), "lastMessageId", id))
                    .orElse(Map.of("limit", String.valueOf(MESSAGES_PER_PAGE)));
            String path = "/conversations/" + HighLevelApi.encode(conversation) + "/messages";
            JsonNode page =
                    api.get(account, "highlevel/messages.list", path, query).path("messages");
            List<JsonNode> listed = page.path("messages").valueStream().toList();
            List<JsonNode> recent = listed.stream()
                    .filter(it -> !addedAt(it).isBefore(Instant.ofEpochMilli(since)))
                    .toList();
            recent.forEach(it -> found.addFirst(mapFound(location, it)));
            before = Optional.of(page.path("lastMessageId").asString(""));
            more = page.path("nextPage").asBoolean(false) && recent.size() == listed.size() && !listed.isEmpty();
        }
        return found;
    }

    private static Instant addedAt(JsonNode message) {
        return HighLevelTimestamps.parse(message.path("dateAdded")).orElse(Instant.EPOCH);
    }

    private static Found mapFound(String location, JsonNode message) {
        boolean received = !message.path("direction").asString("").equals("outbound");
        String id = message.path("id").asString("");
        return new Found(
                HighLevelEventMapper.mapMessage(received, id, location, message), Hashing.utf8(Json.write(message)));
    }
}
