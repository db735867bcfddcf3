package dev.patchbay.integrations.retell;

import dev.patchbay.ingress.spi.Delivery;
import dev.patchbay.ingress.spi.Normalised;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.ingress.spi.Normaliser;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Maps Retell's webhooks, and calls read from its API, to canonical events (docs.retellai.com, "Webhook overview"). Retell's names
 * do not leave this package.
 */
@Component
class RetellNormaliser implements Normaliser {

    private static final Pattern EVENT_NAME = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    RetellNormaliser() {}

    @Override
    public String provider() {
        return "retell";
    }

    @Override
    public Normalised normalise(Delivery delivery) {
        JsonNode payload = delivery.json();
        String event = payload.path("event").asString("");
        if (!EVENT_NAME.matcher(event).matches()) {
            throw new Unreadable("/event", "The event has no name.");
        }
        return switch (event) {
            case "call_started", "call_ended", "call_analyzed" -> mapCallEvent(event, payload.path("call"));
            case "transcript_updated" -> mapTranscript(event, payload.path("call"));
            case "transfer_started", "transfer_bridged", "transfer_cancelled", "transfer_ended" ->
                mapTransfer(event, payload);
            default -> mapUnknown(event, payload);
        };
    }

    /**
     * Maps one event of a call's record, the same for a webhook and for a call read later ("Get Call").
     *
     * @param event {@code call_started}, {@code call_ended} or {@code call_analyzed}
     * @throws Unreadable when the call has no id or no agent
     */
    static Normalised mapCallEvent(String event, JsonNode call) {
        Optional<Instant> start = RetellCallMapper.findTimestamp(call, "start_timestamp");
        Optional<Instant> end =
                RetellCallMapper.findTimestamp(call, "end_timestamp").or(() -> start);
        return switch (event) {
            case "call_started" ->
                buildEvent("voice.call.started", event, call, start, RetellCallMapper.mapStarted(call));
            case "call_ended" -> buildEvent("voice.call.ended", event, call, end, RetellCallMapper.mapEnded(call));
            case "call_analyzed" ->
                buildEvent("voice.call.analyzed", event, call, end, RetellCallMapper.mapAnalyzed(call));
            default -> throw new IllegalArgumentException(event + " is no event of a call's record");
        };
    }

    /** A transcript grows with each turn, so a digest of its content tells one update from the next. */
    private static Normalised mapTranscript(String event, JsonNode call) {
        ObjectNode transcript = Json.object();
        for (String member : List.of("transcript", "transcript_object", "transcript_with_tool_calls")) {
            if (call.has(member)) {
                transcript.set(member, call.path(member));
            }
        }
        // Only the last update, sent after the call, has a time.
        Optional<Instant> time = RetellCallMapper.findTimestamp(call, "end_timestamp");
        return buildEvent(
                "voice.transcript.updated", event, call, time, RetellCallMapper.mapOngoing(call), digest(transcript));
    }

    /** A call may be transferred more than once, so a digest of transcript and destination tells one attempt from the next. */
    private static Normalised mapTransfer(String event, JsonNode payload) {
        JsonNode call = payload.path("call");
        ObjectNode transfer = RetellCallMapper.mapTransfer(payload);
        ObjectNode content = Json.object();
        content.set("call", RetellCallMapper.mapOngoing(call));
        content.set("transfer", transfer);
        Normalised fact = buildEvent(
                "voice.call.transfer." + event.substring("transfer_".length()),
                event,
                call,
                RetellCallMapper.findTimestamp(call, "transfer_end_timestamp"),
                RetellCallMapper.mapStarted(call),
                digest(content));
        ((ObjectNode) fact.data()).set("transfer", transfer);
        return fact;
    }

    private static Normalised buildEvent(
            String type, String event, JsonNode call, Optional<Instant> time, ObjectNode data, String... more) {
        String callId = requireId(call, "call_id");
        requireId(call, "agent_id");
        return new Normalised(
                type,
                String.join(
                        ":",
                        Stream.concat(Stream.of(event, callId), Stream.of(more)).toList()),
                callId,
                time,
                routes(call),
                person(call),
                Json.object().set("call", data),
                Optional.of(RetellConversation.correlation(call, callId)));
    }

    /** Keeps an event of an unknown type with its payload, so that people see it; a digest of the payload is its key. */
    private static Normalised mapUnknown(String event, JsonNode payload) {
        JsonNode call = payload.path("call");
        JsonNode chat = payload.path("chat");
        Optional<String> callId = findId(call, "call_id");
        Optional<String> chatId = findId(chat, "chat_id");
        ObjectNode data = Json.object().put("event", event);
        data.set("payload", payload);
        return new Normalised(
                "provider.retell." + event,
                event + ":" + digest(payload),
                callId.or(() -> chatId).orElse("unknown"),
                RetellCallMapper.findTimestamp(call, "end_timestamp")
                        .or(() -> RetellCallMapper.findTimestamp(call, "start_timestamp")),
                routes(call),
                person(call),
                data,
                callId.map(id -> RetellConversation.correlation(call, id))
                        .or(() -> chatId.map(id -> RetellConversation.correlation(chat, id))));
    }

    /** The agent determines the client; when several clients share an agent, the client's number does. */
    private static List<Route> routes(JsonNode call) {
        return Stream.concat(
                        findId(call, "agent_id").map(it -> new Route("agent", it)).stream(),
                        new RetellPerson(call).clientNumber().map(it -> new Route("number", it.e164())).stream())
                .toList();
    }

    private static Optional<String> person(JsonNode call) {
        return new RetellPerson(call).number().map(PhoneNumber::e164);
    }

    private static String digest(JsonNode content) {
        return HexFormat.of().formatHex(Json.digest(content), 0, 16);
    }

    private static Optional<String> findId(JsonNode holder, String name) {
        return Optional.of(holder.path(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(it -> ID.matcher(it).matches());
    }

    private static String requireId(JsonNode call, String name) {
        return findId(call, name)
                .orElseThrow(() -> new Unreadable(
                        "/call/" + name,
                        "The call has no " + name
                                + " that can be a subject or a route: 1 to 200 printable characters without blanks."));
    }
}
