package dev.patchbay.flows;

import dev.patchbay.flowlanguage.Trigger;
import dev.patchbay.flows.internal.definition.FlowRepository;
import dev.patchbay.flows.internal.definition.FlowRepository.StoredVersion;
import dev.patchbay.flows.internal.run.RunExecutor;
import dev.patchbay.flows.internal.run.RunRepository;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The front door of runs: events and people start them. */
@Service
public class Runs {

    private final FlowRepository flows;
    private final RunRepository runs;
    private final Clients clients;
    private final RunExecutor executor;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;
    private final Clock clock;

    Runs(
            FlowRepository flows,
            RunRepository runs,
            Clients clients,
            RunExecutor executor,
            Tenancy tenancy,
            ApplicationEventPublisher audit,
            Clock clock) {
        this.flows = flows;
        this.runs = runs;
        this.clients = clients;
        this.executor = executor;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** A run that was started. */
    public record Started(String runId, CorrelationId correlationId) {}

    /**
     * Starts a run by hand: the active version, or the newest draft where there is none.
     *
     * @param eventId the event it stands for, so that a second start of the same finds the first; null with a free input
     * @param input the event's data, as {@code $event}
     * @throws Problem {@code 404.flow_not_found}, {@code 404.client_not_found}
     */
    public Started start(
            TenantId tenant,
            String actor,
            String flowId,
            ClientId client,
            @Nullable String eventId,
            CorrelationId correlation,
            JsonNode input) {
        var run = tenancy.inTenant(tenant, () -> {
            var versions = flows.versions(tenant, flowId);
            if (versions.isEmpty()) {
                throw new Problem(ProblemType.FLOW_NOT_FOUND, "There is no flow " + flowId + ".");
            }
            if (clients.find(TenantScope.of(tenant), client).isEmpty()) {
                throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + client + ".");
            }
            var version = versions.stream()
                    .filter(candidate -> candidate.state().equals("active"))
                    .findFirst()
                    .orElse(versions.getFirst());
            var stored = insert(tenant, version, client, eventId, correlation, input, 0);
            audit.publishEvent(new Auditable(
                    TenantScope.of(tenant, client),
                    actor,
                    "run.started",
                    "run/" + stored.runId(),
                    Optional.empty(),
                    Optional.of(version.digest()),
                    correlation));
            return stored;
        });
        run.turn().ifPresent(executor::submit);
        return new Started(run.runId(), correlation);
    }

    /**
     * Starts a run of each active flow that serves the client and whose trigger the event matches; once for each.
     *
     * @param cause whose echo the event is; such a one starts only flows that ask for it
     */
    public void trigger(TenantId tenant, ClientId client, Event event, Optional<Event.Cause> cause) {
        String origin = cause.isPresent() ? Trigger.OURS : event.origin().name().toLowerCase(Locale.ROOT);
        var attributes = Map.of("type", event.type(), "origin", origin);
        int depth = cause.map(Event.Cause::depth).orElse(0);
        List<RunRepository.Stored> stored = tenancy.inTenant(
                tenant,
                () -> flows.activeFor(tenant, client).stream()
                        .filter(version -> flows.trigger(tenant, version)
                                .map(trigger -> trigger.matches(attributes, event.data()))
                                .orElse(false))
                        .map(version -> insert(
                                tenant, version, client, event.id().value(), event.correlation(), event.data(), depth))
                        .toList());
        stored.forEach(run -> run.turn().ifPresent(executor::submit));
    }

    private RunRepository.Stored insert(
            TenantId tenant,
            StoredVersion version,
            ClientId client,
            @Nullable String eventId,
            CorrelationId correlation,
            JsonNode input,
            int depth) {
        String phone = input.path("call").path("from").asString(null);
        var run = new RunRepository.NewRun(
                Ids.next("run", clock.instant()), version, client, eventId, correlation, phone, input, depth);
        return runs.insert(tenant, run, executor.isHere(), clock.instant());
    }
}
