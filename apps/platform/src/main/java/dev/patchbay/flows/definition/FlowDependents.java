package dev.patchbay.flows.definition;

import dev.patchbay.connections.Dependent;
import dev.patchbay.connections.spi.ConnectionDependents;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds the active flows that call a port, and would stop without a connection for it. */
@Component
final class FlowDependents implements ConnectionDependents {

    private final FlowDefinitions flows;

    FlowDependents(FlowDefinitions flows) {
        this.flows = flows;
    }

    @Override
    public List<Dependent> findDependents(TenantId tenant, String port, Set<ClientId> clients) {
        return clients.stream()
                .flatMap(client -> flows.findActive(tenant, client).stream()
                        .filter(flow -> FlowChecks.portsOf(flows.definition(tenant, flow.flowId(), flow.version()))
                                .containsKey(port))
                        .map(flow -> new Dependent("flow", flow.flowId().value(), flow.name(), client.value(), port)))
                .toList();
    }
}
