package dev.patchbay.flows.internal.definition;

import dev.patchbay.connections.Dependent;
import dev.patchbay.connections.spi.ConnectionDependents;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Tells which active flows of which clients call a port, and stop when nothing serves it any more. */
@Component
final class FlowDependents implements ConnectionDependents {

    private final FlowRepository flows;

    FlowDependents(FlowRepository flows) {
        this.flows = flows;
    }

    @Override
    public List<Dependent> findDependents(TenantId tenant, String port, Set<ClientId> clients) {
        return clients.stream()
                .flatMap(client -> flows.activeFor(tenant, client).stream()
                        .filter(flow -> FlowChecks.ports(flows.definition(tenant, flow.flowId(), flow.version()))
                                .containsKey(port))
                        .map(flow -> new Dependent("flow", flow.flowId(), flow.name(), client.value(), port)))
                .toList();
    }
}
