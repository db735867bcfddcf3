package dev.patchbay.ingress.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.Events;
import dev.patchbay.ingress.RawBody;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.CorrelationFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Stored events, as CloudEvents. */
@RestController
@RequestMapping("/api/v1/events")
class EventController {

    private final Events events;

    EventController(Events events) {
        this.events = events;
    }

    @Requires("read:events")
    @GetMapping
    Page<EventResponse> list(
            Caller caller,
            @RequestParam Optional<String> type,
            @RequestParam Optional<String> client,
            @RequestParam Optional<String> correlationId,
            @RequestParam Optional<String> subject,
            @RequestParam Optional<String> phone,
            @RequestParam Optional<String> status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> after) {
        // A plus sign that is not percent-encoded arrives as a blank.
        var number = phone.map(written -> written.replace(' ', '+'));
        var query = new EventQuery(
                type, client, correlationId, subject, number, status.map(EventController::status), limit, after);
        var page = events.list(caller.scope(), query);
        return new Page<>(page.items().stream().map(EventResponse::from).toList(), page.next());
    }

    @Requires("read:events")
    @GetMapping("/{id}")
    EventResponse get(Caller caller, @PathVariable EventId id) {
        return events.read(caller.scope(), caller.subject(), id)
                .map(EventResponse::from)
                .orElseThrow(() -> new Problem(ProblemType.EVENT_NOT_FOUND, "There is no event " + id + "."));
    }

    /** The raw body, byte for byte. It holds personal data, so every reading is audited. */
    @Requires("read:raw-events")
    @GetMapping("/{id}/raw")
    RawResponse raw(Caller caller, @PathVariable EventId id, HttpServletRequest request) {
        return events.readRawBody(caller.scope(), caller.subject(), id, CorrelationFilter.of(request))
                .map(RawResponse::from)
                .orElseThrow(() -> new Problem(
                        ProblemType.EVENT_NOT_FOUND,
                        "There is no raw body of event " + id
                                + ": it does not exist, was erased, or is no longer kept."));
    }

    /**
     * @param headers those that were stored
     * @param body as text; bytes that are not UTF-8 appear as replacement characters
     * @param base64 the same, byte for byte
     */
    record RawResponse(JsonNode headers, String body, String base64) {

        static RawResponse from(RawBody raw) {
            return new RawResponse(
                    raw.headers(),
                    new String(raw.body(), StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(raw.body()));
        }
    }

    static EventStatus status(String name) {
        return Arrays.stream(EventStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.MALFORMED_REQUEST,
                        "Send one of these as status: "
                                + Arrays.stream(EventStatus.values())
                                        .map(EventStatus::wireName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
