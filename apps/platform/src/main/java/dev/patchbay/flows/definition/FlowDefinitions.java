package dev.patchbay.flows.definition;

import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.flowlanguage.Trigger;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Service;

/** The versions of flows for runs, parsed. Every method joins the caller's transaction. */
@Service
public class FlowDefinitions {

    private final FlowRepository flows;
    private final Map<VersionKey, FlowDefinition> parsed = new ConcurrentHashMap<>();

    FlowDefinitions(FlowRepository flows) {
        this.flows = flows;
    }

    private record VersionKey(TenantId tenant, FlowId flowId, String version) {}

    /** The active versions that serve a client, by name. */
    public List<FlowVersion> findActive(TenantId tenant, ClientId client) {
        return flows.findActive(tenant, client);
    }

    /**
     * Locks a flow's versions until the transaction ends.
     *
     * @return newest first
     * @throws Problem {@code 404.flow_not_found}
     */
    public List<FlowVersion> lockVersions(TenantId tenant, FlowId flowId) {
        return flows.lockVersions(tenant, flowId);
    }

    /** One version, parsed, which exists. */
    public FlowDefinition definition(TenantId tenant, FlowId flowId, String version) {
        return findDefinition(tenant, flowId, version).orElseThrow();
    }

    /** One version, parsed; empty when the flow has no such version. */
    public Optional<FlowDefinition> findDefinition(TenantId tenant, FlowId flowId, String version) {
        var key = new VersionKey(tenant, flowId, version);
        return Optional.ofNullable(parsed.get(key))
                .or(() -> flows.findSource(tenant, flowId, version).map(source -> parse(key, source)));
    }

    /** A version never changes, so it is parsed once. */
    private FlowDefinition parse(VersionKey key, String source) {
        return parsed.computeIfAbsent(key, first -> FlowFile.readStored(source));
    }

    /** The trigger of a version; empty when only people start it. */
    public Optional<Trigger> findTrigger(TenantId tenant, FlowVersion version) {
        return definition(tenant, version.flowId(), version.version()).trigger();
    }
}
