package dev.patchbay.livecalls.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.CorrelationFilter;
import dev.patchbay.livecalls.Openings;
import dev.patchbay.livecalls.Openings.ClientOpenings;
import dev.patchbay.livecalls.Openings.OpeningSearch;
import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/clients/{id}/openings}: the times that agents and flows would offer for a client now. */
@RestController
@RequestMapping("/api/v1/clients/{id}/openings")
class OpeningController {

    private final Openings openings;

    OpeningController(Openings openings) {
        this.openings = openings;
    }

    @Requires("read:connections")
    @GetMapping
    OpeningsResponse list(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "30") int minutes) {
        return OpeningsResponse.of(openings.find(
                caller.scope(), client(id), new OpeningSearch(from, to, minutes), CorrelationFilter.of(request)));
    }

    private static ClientId client(String id) {
        try {
            return new ClientId(id);
        } catch (IllegalArgumentException illFormed) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client.");
        }
    }

    /**
     * @param zone IANA zone of the client
     * @param from ISO-8601 with the client's offset, as every time here
     */
    record OpeningsResponse(String zone, String from, String to, int minutes, List<OpeningResponse> openings) {

        record OpeningResponse(String start, String end) {}

        static OpeningsResponse of(ClientOpenings found) {
            return new OpeningsResponse(
                    found.zone().getId(),
                    text(found.from()),
                    text(found.to()),
                    found.minutes(),
                    found.openings().stream()
                            .map(opening -> new OpeningResponse(text(opening.start()), text(opening.end())))
                            .toList());
        }

        private static String text(OffsetDateTime time) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
    }
}
