package dev.patchbay.flows;

import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.flowlanguage.FlowReading;
import dev.patchbay.flowlanguage.FunctionCatalogue;
import dev.patchbay.flowlanguage.Trigger;
import dev.patchbay.flows.internal.definition.FlowRepository;
import dev.patchbay.flows.internal.definition.FlowRepository.StoredVersion;
import dev.patchbay.flows.internal.engine.DurableEngine;
import dev.patchbay.flows.internal.run.RunRepository;
import dev.patchbay.iam.Clients;
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
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** The front door of flows: definitions come in as files, become drafts, are promoted, serve clients, and run. */
@Service
public class Flows {

    private final FlowRepository flows;
    private final RunRepository runs;
    private final Clients clients;
    private final DurableEngine engine;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;
    private final Clock clock;

    Flows(
            FlowRepository flows,
            RunRepository runs,
            Clients clients,
            DurableEngine engine,
            Tenancy tenancy,
            ApplicationEventPublisher audit,
            Clock clock) {
        this.flows = flows;
        this.runs = runs;
        this.clients = clients;
        this.engine = engine;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param state {@code draft}, {@code active} or {@code retired} */
    public record FlowView(String id, String name, String version, String state, String digest) {

        private static FlowView of(StoredVersion version) {
            return new FlowView(version.flowId(), version.name(), version.version(), version.state(), version.digest());
        }
    }

    /**
     * Stores a flow file as a draft: of a new flow, or a new version of the one with that name.
     *
     * @throws Problem {@code 422.flow_invalid} with every problem found; {@code 409.flow_state_conflict} when that
     *     version exists with other contents (with the same contents the stored one is returned)
     */
    public FlowView create(TenantId tenant, String actor, String text) {
        var definition = read(text);
        var document = definition.document();
        return tenancy.inTenant(tenant, () -> {
            String id = flows.flowId(tenant, document.name(), Ids.next("flw", clock.instant()));
            var draft = new StoredVersion(id, document.name(), document.version(), "draft", text, definition.digest());
            if (flows.insertDraft(tenant, draft)) {
                audited(tenant, Optional.empty(), actor, "flow.drafted", draft, null);
                return FlowView.of(draft);
            }
            return flows.versions(tenant, id).stream()
                    .filter(known -> known.version().equals(draft.version())
                            && known.digest().equals(draft.digest()))
                    .findFirst()
                    .map(FlowView::of)
                    .orElseThrow(() -> new Problem(
                            ProblemType.FLOW_STATE_CONFLICT,
                            "Version " + draft.version() + " of " + draft.name()
                                    + " exists with other contents; raise document.version."));
        });
    }

    private static FlowDefinition read(String text) {
        return switch (FlowFile.read(text, FunctionCatalogue.standard())) {
            case FlowReading.Valid valid -> valid.definition();
            case FlowReading.Invalid invalid ->
                throw new Problem(
                        ProblemType.FLOW_INVALID, invalid.problems().getFirst().toString(), invalid.problems());
        };
    }

    /**
     * Makes the newest draft the active version; the one before retires. Runs end on the version they began with.
     *
     * @throws Problem {@code 404.flow_not_found}; {@code 409.flow_state_conflict} when there is no draft
     */
    public FlowView promote(TenantId tenant, String actor, String flowId) {
        return tenancy.inTenant(tenant, () -> {
            var versions = versions(tenant, flowId);
            var draft = versions.stream()
                    .filter(version -> version.state().equals("draft"))
                    .findFirst()
                    .orElseThrow(() -> new Problem(
                            ProblemType.FLOW_STATE_CONFLICT,
                            "This flow has no draft to promote; post a new version first."));
            var before = versions.stream()
                    .filter(version -> version.state().equals("active"))
                    .findFirst();
            flows.activate(tenant, draft);
            audited(
                    tenant,
                    Optional.empty(),
                    actor,
                    "flow.promoted",
                    draft,
                    before.map(StoredVersion::digest).orElse(null));
            return new FlowView(flowId, draft.name(), draft.version(), "active", draft.digest());
        });
    }

    /** Lets the flow serve a client. */
    public void assign(TenantId tenant, String actor, String flowId, ClientId client) {
        tenancy.inTenant(tenant, () -> {
            var newest = versions(tenant, flowId).getFirst();
            requireClient(tenant, client);
            flows.assign(tenant, flowId, client);
            audited(tenant, Optional.of(client), actor, "flow.assigned", newest, null);
        });
    }

    /** Newest version of every flow. */
    public List<FlowView> list(TenantId tenant) {
        return tenancy.inTenant(
                tenant, () -> flows.newest(tenant).stream().map(FlowView::of).toList());
    }

    /** The newest version of the flow of that name. */
    public Optional<FlowView> findByName(TenantId tenant, String name) {
        return list(tenant).stream().filter(flow -> flow.name().equals(name)).findFirst();
    }

    /** A run that was started. */
    public record Started(String runId, CorrelationId correlationId) {}

    /**
     * Starts a run by hand: the active version, or the newest draft where there is none.
     *
     * @param eventId the event it stands for, so that a second start of the same finds the first; null with a free input
     * @param input the event's data, as {@code $event}
     */
    public Started run(
            TenantId tenant,
            String flowId,
            ClientId client,
            @Nullable String eventId,
            CorrelationId correlation,
            JsonNode input) {
        String runId = tenancy.inTenant(tenant, () -> {
            var versions = versions(tenant, flowId);
            requireClient(tenant, client);
            var version = versions.stream()
                    .filter(candidate -> candidate.state().equals("active"))
                    .findFirst()
                    .orElse(versions.getFirst());
            return insert(tenant, version, client, eventId, correlation, input, 0);
        });
        engine.start(tenant.value(), runId);
        return new Started(runId, correlation);
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
        List<String> started = tenancy.inTenant(
                tenant,
                () -> flows.activeFor(tenant, client).stream()
                        .filter(version -> flows.trigger(tenant, version)
                                .map(trigger -> trigger.matches(attributes, event.data()))
                                .orElse(false))
                        .map(version ->
                                insert(tenant, version, client, event.id(), event.correlation(), event.data(), depth))
                        .toList());
        started.forEach(runId -> engine.start(tenant.value(), runId));
    }

    private String insert(
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
        return runs.insert(tenant, run, clock.instant());
    }

    private List<StoredVersion> versions(TenantId tenant, String flowId) {
        var versions = flows.versions(tenant, flowId);
        if (versions.isEmpty()) {
            throw new Problem(ProblemType.FLOW_NOT_FOUND, "There is no flow " + flowId + ".");
        }
        return versions;
    }

    private void requireClient(TenantId tenant, ClientId client) {
        if (clients.find(TenantScope.of(tenant), client).isEmpty()) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + client + ".");
        }
    }

    private void audited(
            TenantId tenant,
            Optional<ClientId> client,
            String actor,
            String action,
            StoredVersion flow,
            @Nullable String before) {
        String correlation = MDC.get("correlationId");
        audit.publishEvent(new Auditable(
                new TenantScope(tenant, client),
                actor,
                action,
                "flow/" + flow.flowId() + "@" + flow.version(),
                Optional.ofNullable(before),
                Optional.of(flow.digest()),
                new CorrelationId(correlation == null ? Ids.next("cor", clock.instant()) : correlation)));
    }
}
