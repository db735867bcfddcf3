package dev.patchbay.flows.run;

import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.definition.FlowState;
import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.flows.run.RunStarter.StoredRun;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Starts runs, for events and for people. */
@Service
public class Runs {

    private final FlowDefinitions flows;
    private final RunStarter starter;
    private final TriggerMatcher triggers;
    private final Clients clients;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;
    private final Clock clock;

    Runs(
            FlowDefinitions flows,
            RunStarter starter,
            TriggerMatcher triggers,
            Clients clients,
            Tenancy tenancy,
            ApplicationEventPublisher audit,
            Clock clock) {
        this.flows = flows;
        this.starter = starter;
        this.triggers = triggers;
        this.clients = clients;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** A run that was started. */
    public record Started(RunId runId, CorrelationId correlationId) {}

    /**
     * Starts a run for a person, with the active version, or the newest draft where there is none.
     *
     * @param eventId the event it is for, so that a second start for it finds the first run; null with a free input
     * @param input the event's data, as {@code $event}
     * @throws Problem {@code 404.flow_not_found}, {@code 404.client_not_found}
     */
    public Started start(
            TenantId tenant,
            String actor,
            FlowId flowId,
            ClientId client,
            @Nullable EventId eventId,
            CorrelationId correlation,
            JsonNode input) {
        var run = tenancy.inTenant(tenant, () -> {
            var versions = flows.lockVersions(tenant, flowId);
            if (clients.find(TenantScope.of(tenant), client).isEmpty()) {
                throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + client + ".");
            }
            var version = versions.stream()
                    .filter(candidate -> candidate.state() == FlowState.ACTIVE)
                    .findFirst()
                    .orElse(versions.getFirst());
            var stored = store(tenant, version, client, eventId, correlation, input, 0);
            audit.publishEvent(new Auditable(
                    TenantScope.of(tenant, client),
                    actor,
                    "run.started",
                    "run/" + stored.id(),
                    Optional.empty(),
                    Optional.of(version.digest()),
                    correlation));
            return stored;
        });
        starter.execute(run);
        return new Started(run.id(), correlation);
    }

    /**
     * Starts a run of each active flow that serves the client and whose trigger matches the event; one for each flow.
     *
     * @param cause of an echo, which starts only flows whose trigger asks for echoes
     */
    public void trigger(TenantId tenant, ClientId client, Event event, Optional<Event.Cause> cause) {
        int causeDepth = cause.map(Event.Cause::depth).orElse(0);
        var matches = triggers.match(tenant, client, event, cause);
        if (matches.isEmpty()) {
            return;
        }
        List<StoredRun> stored = tenancy.inTenant(tenant, () -> {
            matches.missed().forEach(miss -> triggers.record(tenant, client, event, miss));
            return matches.started().stream()
                    .map(version ->
                            store(tenant, version, client, event.id(), event.correlation(), event.data(), causeDepth))
                    .toList();
        });
        stored.forEach(starter::execute);
    }

    private StoredRun store(
            TenantId tenant,
            FlowVersion version,
            ClientId client,
            @Nullable EventId eventId,
            CorrelationId correlation,
            JsonNode input,
            int causeDepth) {
        JsonNode call = input.path("call");
        String phone = call.at("/person/number").asString(call.path("from").asString(null));
        var id = RunId.next(clock.instant());
        return starter.store(tenant, new NewRun(id, version, client, eventId, correlation, phone, input, causeDepth));
    }
}
