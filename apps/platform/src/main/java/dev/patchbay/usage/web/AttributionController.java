package dev.patchbay.usage.web;

import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.usage.records.AttributionChange;
import dev.patchbay.usage.records.DatedAttribution;
import dev.patchbay.usage.records.Rollups;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The clients of sources over time, and whether the daily sums agree with the records. */
@RestController
@RequestMapping("/api/v1/usage")
class AttributionController {

    private final AttributionChange attributions;
    private final Rollups rollups;

    AttributionController(AttributionChange attributions, Rollups rollups) {
        this.attributions = attributions;
        this.rollups = rollups;
    }

    /**
     * A mapping from a moment on.
     *
     * @param kind {@code agent} or {@code number}
     * @param from null: from the beginning
     * @param clientId null ends the mapping
     */
    record AttributionRequest(
            @Nullable ConnectionId connectionId,
            @Nullable String kind,
            @Nullable String externalId,
            @Nullable Instant from,
            @Nullable String clientId) {}

    /** The number of records that moved to another client. */
    record AttributionResponse(int moved) {}

    /** Days whose sums differ from the records, of a client or, with an empty id, of usage without one. */
    record RollupDifference(String clientId, List<LocalDate> days) {}

    /** The mappings, sorted by connection, source and time. */
    @Requires(value = "collect:usage", tenantWide = true)
    @GetMapping("/attributions")
    Page<DatedAttribution> list(Caller caller) {
        return new Page<>(attributions.list(caller.scope().tenant()), null);
    }

    /** Attributes a source's usage to a client from a moment on, until its next mapping; recorded usage follows. */
    @Requires(value = "collect:usage", tenantWide = true)
    @PutMapping("/attributions")
    AttributionResponse put(Caller caller, @RequestBody AttributionRequest body) {
        var connection = body.connectionId();
        String kind = body.kind();
        String externalId = body.externalId();
        if (connection == null || kind == null || externalId == null) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "Give connectionId, kind and externalId.");
        }
        return new AttributionResponse(attributions.map(
                caller.scope().tenant(),
                caller.subject(),
                connection,
                kind,
                externalId,
                Optional.ofNullable(body.from()).orElse(Instant.EPOCH),
                Optional.ofNullable(body.clientId()).map(AttributionController::parseClient)));
    }

    private static ClientId parseClient(String text) {
        return ClientId.parse(text)
                .orElseThrow(() -> new Problem(ProblemType.MALFORMED_REQUEST, "The member clientId is no id."));
    }

    /** Compares all daily sums with sums over all records; there are no items unless something is broken. */
    @Requires(value = "collect:usage", tenantWide = true)
    @PostMapping("/days/verify")
    Page<RollupDifference> verify(Caller caller) {
        return new Page<>(
                rollups.verify(caller.scope().tenant()).entrySet().stream()
                        .map(entry -> new RollupDifference(entry.getKey(), entry.getValue()))
                        .toList(),
                null);
    }
}
