package dev.patchbay.ingress.web;

import dev.patchbay.iam.Caller;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stored events, as CloudEvents. */
@RestController
@RequestMapping("/api/v1/events")
class EventController {

    private final Events events;

    EventController(Events events) {
        this.events = events;
    }

    @GetMapping
    Page<EventResponse> list(
            Caller caller,
            @RequestParam Optional<String> type,
            @RequestParam Optional<String> client,
            @RequestParam Optional<String> correlationId,
            @RequestParam Optional<String> subject,
            @RequestParam Optional<String> phone,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> after) {
        caller.require("events:read");
        // A plus sign that nobody encoded arrives as a blank.
        var number = phone.map(written -> written.replace(' ', '+'));
        var page =
                events.list(caller.scope(), new EventQuery(type, client, correlationId, subject, number, limit, after));
        return new Page<>(page.items().stream().map(EventResponse::from).toList(), page.next());
    }

    @GetMapping("/{id}")
    EventResponse get(Caller caller, @PathVariable String id) {
        caller.require("events:read");
        return events.find(caller.scope(), id)
                .map(EventResponse::from)
                .orElseThrow(() -> new Problem(ProblemType.EVENT_NOT_FOUND, "There is no event " + id + "."));
    }
}
