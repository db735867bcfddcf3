package dev.patchbay.flows.web;

import dev.patchbay.flows.definition.FlowQueries;
import dev.patchbay.flows.definition.Flows;
import dev.patchbay.flows.run.Runs;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.ingress.Events;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.MaxLength;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Stores flow files as drafts, validates them, assigns flows to clients, and starts runs by hand. */
@RestController
@RequestMapping("/api/v1/flows")
class FlowController {

    private static final int MAX_FILE_BYTES = 256 * 1024;

    private final Flows flows;
    private final FlowQueries queries;
    private final Runs runs;
    private final Events events;
    private final Settings settings;
    private final Clock clock;

    FlowController(Flows flows, FlowQueries queries, Runs runs, Events events, Settings settings, Clock clock) {
        this.flows = flows;
        this.queries = queries;
        this.runs = runs;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    @Requires("read:flows")
    @GetMapping
    Page<Flows.FlowView> list(Caller caller) {
        return new Page<>(flows.list(caller.scope()), null);
    }

    @Requires(value = "write:flows", tenantWide = true)
    @PostMapping(consumes = {"application/yaml", MediaType.APPLICATION_JSON_VALUE})
    @ResponseStatus(HttpStatus.CREATED)
    Flows.FlowView create(Caller caller, @RequestBody byte[] file) {
        return flows.create(caller.scope().tenant(), caller.subject(), text(file));
    }

    private static String text(byte[] file) {
        if (file.length > MAX_FILE_BYTES) {
            throw new Problem(ProblemType.PAYLOAD_TOO_LARGE, "A flow file may have 256 KiB at most.");
        }
        return new String(file, StandardCharsets.UTF_8);
    }

    @Requires("read:flows")
    @PostMapping(
            path = "/validate",
            consumes = {"application/yaml", MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    Flows.Validation validate(Caller caller, @RequestBody byte[] file) {
        return flows.validate(caller.scope().tenant(), text(file));
    }

    @Requires(value = "write:flows", tenantWide = true)
    @PutMapping("/{id}/clients/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void assign(Caller caller, @PathVariable String id, @PathVariable String clientId) {
        flows.assign(caller.scope().tenant(), caller.subject(), PathIds.flowId(id), PathIds.clientId(clientId));
    }

    @Requires(value = "write:flows", tenantWide = true)
    @DeleteMapping("/{id}/clients/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unassign(Caller caller, @PathVariable String id, @PathVariable String clientId) {
        flows.unassign(caller.scope().tenant(), caller.subject(), PathIds.flowId(id), PathIds.clientId(clientId));
    }

    /** @param version a version that was promoted before; null means the active version */
    record PinRequest(@Nullable String version) {}

    /** Lets new runs of the client start with a version of its own. */
    @Requires(value = "write:flows", tenantWide = true)
    @PutMapping("/{id}/clients/{clientId}/version")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void pinVersion(
            Caller caller, @PathVariable String id, @PathVariable String clientId, @RequestBody PinRequest request) {
        flows.pinVersion(
                caller.scope().tenant(),
                caller.subject(),
                PathIds.flowId(id),
                PathIds.clientId(clientId),
                Optional.ofNullable(request.version()));
    }

    /** Names the event of the run: either {@code input} (an event's data) or {@code eventId}. */
    record StartRunRequest(
            @Nullable String clientId,
            @MaxLength(1 << 18) @Nullable JsonNode input,
            @Nullable String eventId) {}

    @Requires(value = "run:flows", resource = "flows/{id}")
    @PostMapping("/{id}/run")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Runs.Started startRun(Caller caller, @PathVariable String id, @RequestBody StartRunRequest request) {
        if (settings.environment() == Environment.PROD) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "Flows are started by events here; a start by hand is for dev and staging.");
        }
        var tenant = caller.scope().tenant();
        if (request.clientId() == null) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give clientId: whose flow is to run.");
        }
        var flowId = PathIds.flowId(id);
        var client = PathIds.clientId(request.clientId());
        queries.flow(caller.scope(), flowId);
        if (!caller.scope().includes(client)) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no such client.");
        }
        if (request.eventId() != null) {
            var event = EventId.parse(request.eventId())
                    .flatMap(eventId -> events.find(caller.scope(), eventId))
                    .orElseThrow(() -> new Problem(ProblemType.EVENT_NOT_FOUND, "There is no such event."));
            return runs.start(tenant, caller.subject(), flowId, client, event.id(), event.correlation(), event.data());
        }
        if (request.input() == null) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give input (an event's data) or eventId.");
        }
        var correlation = new CorrelationId(Ids.next("cor", clock.instant()));
        return runs.start(tenant, caller.subject(), flowId, client, null, correlation, request.input());
    }
}
