package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A run as a walk needs it: loaded once a turn.
 *
 * @param pass how often it was replayed
 * @param ending what it ends as once everything is undone; empty while it walks forward
 * @param repeats tasks that this pass does again although they were done
 */
record RunContext(
        RunLease turn,
        String flowId,
        Client client,
        CorrelationId correlation,
        FlowDefinition definition,
        JsonNode input,
        Instant startedAt,
        int pass,
        Optional<String> ending,
        Set<String> repeats) {

    TenantId tenant() {
        return turn.tenant();
    }

    /** Wants the run's effects. */
    EffectOrigin origin() {
        return new EffectOrigin.Run(new RunId(turn.runId()));
    }

    String runId() {
        return turn.runId();
    }

    /** As it will be in its next pass. */
    RunContext replayed(FlowDefinition version, JsonNode given, Set<String> again) {
        return new RunContext(
                turn, flowId, client, correlation, version, given, startedAt, pass + 1, Optional.empty(), again);
    }
}
