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
 * Polls Retell for calls whose webhooks were lost (Retell API, "List Calls", oldest first). Lists contain no transcript, so each
 * call is read by "Get Call" and mapped to the events that its record proves.
 *
 * <p>The list is sorted by the start of the calls, while events may occur long after it: a call may last an hour (Retell's
 * default maximum) or two, and its analysis follows. Therefore each poll starts three hours before the last call that the
 * previous one saw.
 */
@Component
class RetellPollSource implements PollSource {

    private static final Logger LOG = LoggerFactory.getLogger(RetellPollSource.class);
    private static final Duration OVERLAP = Duration.ofHours(3);
    /** Each listed call costs one more request. */
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
    public Set<String> exhaustivelyListedTypes(String stream) {
        return Set.of("voice.call.started", "voice.call.ended", "voice.call.analyzed");
    }

    /**
     * The cursor.
     *
     * @param since start of the present poll, Unix milliseconds: calls that started earlier are skipped
     * @param latest start of the latest call seen, Unix milliseconds
     * @param key of the next page; empty when the poll reached the end
     */
    private record Position(long since, long latest, String key) {

        /** Continues the present poll, or starts a new one shortly before the end of the last. */
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
    public boolean exists(Account account, String stream, String subject) {
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
        Responded response = send(account, HttpCall.json("retell/calls.list", "POST", uri, body));
        if (!response.isSuccess()) {
            throw new Unavailable("Retell answered " + response.status() + " to the list of calls.");
        }
        return response.body();
    }

    /** Empty when Retell does not know the call: it answers 422 or 404. */
    private Optional<JsonNode> findCall(Account account, String id) {
        URI uri = URI.create(account.baseUrl() + "/v2/get-call/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        Responded response = send(account, HttpCall.get("retell/calls.get", uri));
        if (response.status() == 422 || response.status() == 404) {
            return Optional.empty();
        }
        if (!response.isSuccess()) {
            throw new Unavailable("Retell answered " + response.status() + " to the question for a call.");
        }
        return Optional.of(response.body());
    }

    private Responded send(Account account, HttpCall call) {
        HttpOutcome outcome = http.send(call.withHeader("Authorization", "Bearer " + account.secret("api_key")));
        return switch (outcome) {
            case Responded responded -> responded;
            case HttpOutcome.NotSent notSent -> throw new Unavailable(notSent.sentence());
            case HttpOutcome.Lost lost -> throw new Unavailable(lost.sentence());
        };
    }

    /** A call in progress has only started; a call that never started (a failed dial) has only ended. */
    private static List<Found> mapEvents(JsonNode call) {
        var events = new ArrayList<String>();
        if (call.path("start_timestamp").isNumber()) {
            events.add("call_started");
        }
        boolean ended = Set.of("ended", "error", "not_connected")
                .contains(call.path("call_status").asString(""));
        if (ended) {
            events.add("call_ended");
        }
        if (ended && call.path("call_analysis").isObject()) {
            events.add("call_analyzed");
        }
        try {
            byte[] body = Hashing.utf8(Json.write(call));
            return events.stream()
                    .map(event -> new Found(RetellNormaliser.mapCallEvent(event, call), body))
                    .toList();
        } catch (Unreadable unreadable) {
            LOG.warn("a call in Retell's list cannot be mapped at {}; it is skipped", unreadable.pointer());
            return List.of();
        }
    }
}
