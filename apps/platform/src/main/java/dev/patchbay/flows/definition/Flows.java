package dev.patchbay.flows.definition;

import dev.patchbay.flowlanguage.FlowProblem;
import dev.patchbay.flowlanguage.ParseResult;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Flow definitions: files become drafts, and flows serve clients. */
@Service
public class Flows {

    private final FlowRepository flows;
    private final FlowQueries queries;
    private final FlowChecks checks;
    private final Clients clients;
    private final Tenancy tenancy;
    private final FlowAudit audit;
    private final Clock clock;

    Flows(
            FlowRepository flows,
            FlowQueries queries,
            FlowChecks checks,
            Clients clients,
            Tenancy tenancy,
            FlowAudit audit,
            Clock clock) {
        this.flows = flows;
        this.queries = queries;
        this.checks = checks;
        this.clients = clients;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** A version of a flow. */
    public record FlowView(FlowId id, String name, String version, FlowState state, String digest) {

        private static FlowView from(FlowVersion version) {
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
        var definition = checks.read(tenant, text);
        var document = definition.document();
        return tenancy.inTenant(tenant, () -> {
            var id = flows.findOrCreate(tenant, document.name(), FlowId.next(clock.instant()));
            var draft = new FlowVersion(
                    id, document.name(), document.version(), FlowState.DRAFT, text, definition.digest());
            if (flows.insertDraft(tenant, draft)) {
                audit.record(TenantScope.of(tenant), actor, "flow.drafted", draft, Optional.empty());
                return FlowView.from(draft);
            }
            return flows.lockVersions(tenant, id).stream()
                    .filter(stored -> stored.version().equals(draft.version())
                            && stored.digest().equals(draft.digest()))
                    .findFirst()
                    .map(FlowView::from)
                    .orElseThrow(() -> new Problem(
                            ProblemType.FLOW_STATE_CONFLICT,
                            "Version " + draft.version() + " of " + draft.name()
                                    + " exists with other contents; raise document.version."));
        });
    }

    /**
     * The problems of a file.
     *
     * @param problems why it is not a flow
     * @param warnings possible mistakes, and clients of the flow of that name that lack a connection
     */
    public record Validation(boolean valid, List<FlowProblem> problems, List<FlowProblem> warnings) {}

    /** Checks any text as {@link #create} does, and stores nothing. */
    public Validation validate(TenantId tenant, String text) {
        return switch (checks.parse(tenant, text)) {
            case ParseResult.Invalid invalid -> new Validation(false, invalid.problems(), List.of());
            case ParseResult.Valid valid -> {
                var definition = valid.definition();
                var unbound = queries.findByName(tenant, definition.document().name())
                        .map(id -> checks.missingBindings(tenant, id, definition, text))
                        .orElse(List.of());
                yield new Validation(
                        true,
                        List.of(),
                        Stream.concat(valid.warnings().stream(), unbound.stream())
                                .toList());
            }
        };
    }

    /** Lets the flow serve a client. */
    public void assign(TenantId tenant, String actor, FlowId flowId, ClientId client) {
        tenancy.inTenant(tenant, () -> {
            var newest = flows.lockVersions(tenant, flowId).getFirst();
            requireClient(tenant, client);
            flows.assign(tenant, flowId, client);
            audit.record(TenantScope.of(tenant, client), actor, "flow.assigned", newest, Optional.empty());
        });
    }

    /**
     * Lets new runs of a client start with a version of its own, whichever is active; runs that began continue with theirs.
     *
     * @param version one that was promoted before; empty: the active one again
     * @throws Problem {@code 404.flow_not_found} when the flow has no such version or does not serve the client;
     *     {@code 409.flow_state_conflict} for a draft
     */
    public void pinVersion(TenantId tenant, String actor, FlowId flowId, ClientId client, Optional<String> version) {
        tenancy.inTenant(tenant, () -> {
            var versions = flows.lockVersions(tenant, flowId);
            requireClient(tenant, client);
            Optional<FlowVersion> pinned = version.map(name -> requirePromoted(versions, flowId, name));
            if (!flows.pinVersion(tenant, flowId, client, version.orElse(null))) {
                throw new Problem(
                        ProblemType.FLOW_NOT_FOUND,
                        "The flow " + flowId + " does not serve the client " + client + ".");
            }
            audit.record(
                    TenantScope.of(tenant, client),
                    actor,
                    pinned.isPresent() ? "flow.pinned" : "flow.unpinned",
                    pinned.orElse(versions.getFirst()),
                    Optional.empty());
        });
    }

    private static FlowVersion requirePromoted(List<FlowVersion> versions, FlowId flowId, String name) {
        FlowVersion found = versions.stream()
                .filter(version -> version.version().equals(name))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.FLOW_NOT_FOUND, "The flow " + flowId + " has no version " + name + "."));
        if (found.state() == FlowState.DRAFT) {
            throw new Problem(
                    ProblemType.FLOW_STATE_CONFLICT,
                    "Version " + name + " is a draft; promote it before it is pinned.");
        }
        return found;
    }

    /** Ends the flow's service for a client; runs that began continue. */
    public void unassign(TenantId tenant, String actor, FlowId flowId, ClientId client) {
        tenancy.inTenant(tenant, () -> {
            var newest = flows.lockVersions(tenant, flowId).getFirst();
            requireClient(tenant, client);
            if (flows.unassign(tenant, flowId, client)) {
                audit.record(TenantScope.of(tenant, client), actor, "flow.unassigned", newest, Optional.empty());
            }
        });
    }

    /** The newest version of every flow; for a scope of clients, of every flow that serves one of them. */
    public List<FlowView> list(TenantScope scope) {
        var all = tenancy.inTenant(
                scope.tenant(),
                () -> flows.findNewestVersions(scope.tenant()).stream()
                        .map(FlowView::from)
                        .toList());
        if (scope.isWholeTenant()) {
            return all;
        }
        var serving = queries.findServing(scope);
        return all.stream().filter(flow -> serving.contains(flow.id())).toList();
    }

    /** The newest version of the flow of that name. */
    public Optional<FlowView> findByName(TenantId tenant, String name) {
        return list(TenantScope.of(tenant)).stream()
                .filter(flow -> flow.name().equals(name))
                .findFirst();
    }

    private void requireClient(TenantId tenant, ClientId client) {
        if (clients.find(TenantScope.of(tenant), client).isEmpty()) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + client + ".");
        }
    }
}
