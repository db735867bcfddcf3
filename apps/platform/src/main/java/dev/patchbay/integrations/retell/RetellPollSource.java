package dev.patchbay.integrations.retell;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.ingress.spi.Normaliser.Unreadable;
import dev.patchbay.ingress.spi.PollSource;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks Retell for its calls ({@code POST /v3/list-calls}, oldest first; its lists hold no transcript, so each is read by
 * {@code GET /v2/get-call/{id}}) and tells of each what its record proves.
 *
 * <p>The list is sorted by the start of a call, while a fact may become true long after it: a call may last an hour
 * (Retell's default maximum) or two, and its analysis follows. So each reading begins three hours before the last call
 * that the former one saw.
 */
@Component
class RetellPollSource implements PollSource {

    private static final Logger LOG = LoggerFactory.getLogger(RetellPollSource.class);
    private static final Duration OVERLAP = Duration.ofHours(3);
    /** Each costs a request of its own. */
    private static final int PAGE_SIZE = 20;

    private final OutgoingHttp http;

    RetellPollSource(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public Set<String> streams() {
        return Set.of("calls");
    }

    @Override
    public Set<String> exhaustive(String stream) {
        return Set.of("voice.call.started", "voice.call.ended", "voice.call.analyzed");
    }

    /**
     * Where to go on.
     *
     * @param since of the reading under way: calls that started earlier are not asked for; milliseconds
     * @param latest start of the latest call seen; milliseconds
     * @param key of the next page; empty when the reading came to its end
     */
    private record Position(long since, long latest, String key) {

        /** The reading goes on, or a new one begins a little before the end of the last. */
        static Position of(Optional<String> cursor, Instant from) {
            Position last = cursor.map(text -> Json.read(Json.read(text), Position.class))
                    .orElseGet(() -> new Position(0, from.toEpochMilli() + OVERLAP.toMillis(), ""));
            return last.key().isEmpty() ? new Position(last.latest() - OVERLAP.toMillis(), last.latest(), "") : last;
        }
    }

    @Override
    public Page read(Account account, String stream, Optional<String> cursor, Instant from) {
        Position position = Position.of(cursor, from);
        JsonNode list = listCalls(account, position);
        var found = new ArrayList<Found>();
        long latest = position.latest();
        for (JsonNode listed : list.path("items")) {
            latest = Math.max(latest, listed.path("start_timestamp").asLong(0));
            findCall(account, listed.path("call_id").asString("")).ifPresent(call -> found.addAll(mapEvents(call)));
        }
        String key = list.path("has_more").asBoolean(false)
                ? list.path("pagination_key").asString("")
                : "";
        return new Page(found, Json.write(new Position(position.since(), latest, key)), !key.isEmpty());
    }

    @Override
    public boolean knows(Account account, String stream, String subject) {
        return findCall(account, subject).isPresent();
    }

    private JsonNode listCalls(Account account, Position position) {
        ObjectNode body = Json.object().put("sort_order", "ascending").put("limit", PAGE_SIZE);
        body.putObject("filter_criteria")
                .putObject("start_timestamp")
                .put("type", "number")
                .put("op", "ge")
                .put("value", position.since());
        if (!position.key().isEmpty()) {
            body.put("pagination_key", position.key());
        }
        URI uri = URI.create(account.baseUrl() + "/v3/list-calls");
        Responded answer = send(account, HttpCall.json("retell/calls.list", "POST", uri, body));
        if (!answer.isSuccess()) {
            throw new Unavailable("Retell answered " + answer.status() + " to the list of calls.");
        }
        return answer.body();
    }

    /** Empty when Retell does not know it: it answers 422, or 404. */
    private Optional<JsonNode> findCall(Account account, String id) {
        URI uri = URI.create(account.baseUrl() + "/v2/get-call/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        Responded answer = send(account, HttpCall.get("retell/calls.get", uri));
        if (answer.status() == 422 || answer.status() == 404) {
            return Optional.empty();
        }
        if (!answer.isSuccess()) {
            throw new Unavailable("Retell answered " + answer.status() + " to the question for a call.");
        }
        return Optional.of(answer.body());
    }

    private Responded send(Account account, HttpCall call) {
        HttpOutcome outcome = http.send(call.withHeader("Authorization", "Bearer " + account.secret("api_key")));
        return switch (outcome) {
            case Responded responded -> responded;
            case HttpOutcome.NotSent unsent -> throw new Unavailable(unsent.sentence());
            case HttpOutcome.Lost lost -> throw new Unavailable(lost.sentence());
        };
    }

    /** A call that goes on has begun and no more; one that never began (a failed dial) has only ended. */
    private static List<Found> mapEvents(JsonNode call) {
        var events = new ArrayList<String>();
        if (call.path("start_timestamp").isNumber()) {
            events.add("call_started");
        }
        boolean over = Set.of("ended", "error", "not_connected")
                .contains(call.path("call_status").asString(""));
        if (over) {
            events.add("call_ended");
        }
        if (over && call.path("call_analysis").isObject()) {
            events.add("call_analyzed");
        }
        try {
            byte[] body = Hashing.utf8(Json.write(call));
            return events.stream()
                    .map(event -> new Found(RetellNormaliser.mapCallEvent(event, call), body))
                    .toList();
        } catch (Unreadable unreadable) {
            LOG.warn("a call in Retell's list cannot be read at {}", unreadable.pointer());
            return List.of();
        }
    }
}
