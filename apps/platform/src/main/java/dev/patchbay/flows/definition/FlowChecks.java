package dev.patchbay.flows.definition;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.flowlanguage.Catalogue;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.FlowFile;
import dev.patchbay.flowlanguage.FlowProblem;
import dev.patchbay.flowlanguage.ParseResult;
import dev.patchbay.flowlanguage.source.SourceText;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks a flow before it may be stored, and before it may serve its clients. */
@Component
public class FlowChecks {

    /** A longer list would not be read. */
    private static final int MAX_PROBLEMS = 50;

    private final Connections connections;
    private final FlowQueries flows;
    private final EvaluationPool evaluations;

    FlowChecks(Connections connections, FlowQueries flows, EvaluationPool evaluations) {
        this.connections = connections;
        this.flows = flows;
        this.evaluations = evaluations;
    }

    /** @throws Problem {@code 422.flow_invalid} with every problem found in the file */
    public FlowDefinition read(TenantId tenant, String text) {
        return switch (parse(tenant, text)) {
            case ParseResult.Valid valid -> valid.definition();
            case ParseResult.Invalid invalid ->
                throw new Problem(
                        ProblemType.FLOW_INVALID, invalid.problems().getFirst().toString(), invalid.problems());
        };
    }

    /** Reads a file by itself, without regard to its clients; not in a transaction, because it waits for the tenant's turn. */
    public ParseResult parse(TenantId tenant, String text) {
        return evaluations.computeForRequest(
                tenant, checkpoint -> FlowFile.read(text, Catalogue.standard(), checkpoint));
    }

    /** A problem for each port that the flow calls and each client it serves without a connection for it, at the first call. */
    public List<FlowProblem> missingBindings(TenantId tenant, FlowId flowId, FlowDefinition flow, String text) {
        return missingBindings(
                tenant,
                flows.clients(TenantScope.of(tenant), flowId).stream()
                        .collect(Collectors.toMap(client -> new ClientId(client.id()), FlowQueries.ServedClient::name)),
                flow,
                text);
    }

    /** As above, for one client, whether the flow serves it or not. */
    public List<FlowProblem> missingBindings(TenantId tenant, Client client, FlowDefinition flow, String text) {
        return missingBindings(tenant, Map.of(client.id(), client.name()), flow, text);
    }

    private List<FlowProblem> missingBindings(
            TenantId tenant, Map<ClientId, String> clients, FlowDefinition flow, String text) {
        var source = SourceText.parse(text);
        List<FlowProblem> missing = new ArrayList<>();
        portsOf(flow)
                .forEach((port, pointer) ->
                        connections.findClientsWithoutBinding(tenant, clients.keySet(), port).stream()
                                .map(client -> new FlowProblem(
                                        pointer,
                                        source.line(pointer),
                                        "missing_binding",
                                        "%s (%s) has no connection bound for %s, which this flow calls."
                                                .formatted(clients.get(client), client.value(), port),
                                        "Bind one to the client, or one for all clients."))
                                .sorted(Comparator.comparing(FlowProblem::message))
                                .forEach(missing::add));
        return List.copyOf(missing.subList(0, Math.min(missing.size(), MAX_PROBLEMS)));
    }

    /** The ports that the flow calls, each with the pointer of its first call. */
    static Map<String, String> portsOf(FlowDefinition flow) {
        Map<String, String> ports = new LinkedHashMap<>();
        flow.calls()
                .forEach((name, pointer) -> PortFunction.ALL.stream()
                        .filter(function -> function.name().equals(name))
                        .filter(PortFunction::needsConnection)
                        .forEach(function -> ports.putIfAbsent(function.portName(), pointer)));
        return ports;
    }
}
