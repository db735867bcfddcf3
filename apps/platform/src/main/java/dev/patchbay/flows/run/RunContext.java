package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A run as its execution needs it: loaded once a lease.
 *
 * @param eventId the event that started it; empty where a person did
 * @param startedAt of the pass
 * @param absence the time of this pass in which no process worked on the run; it counts against no time limit
 * @param pass how often it was replayed
 * @param ending the status it gets once its compensations have run; empty while its flow is executed
 * @param repeatTasks tasks that this pass does again although they were done
 */
record RunContext(
        RunLease lease,
        FlowId flowId,
        Client client,
        CorrelationId correlation,
        Optional<EventId> eventId,
        FlowDefinition definition,
        JsonNode input,
        Instant startedAt,
        Duration absence,
        int pass,
        Optional<RunStatus> ending,
        Set<String> repeatTasks) {

    TenantId tenant() {
        return lease.tenant();
    }

    RunId runId() {
        return lease.runId();
    }

    /** The origin of its effects. */
    EffectOrigin origin() {
        return new EffectOrigin.Run(runId());
    }

    /** As it will be in its next pass. */
    RunContext nextPass(FlowDefinition nextDefinition, JsonNode nextInput, Set<String> nextRepeatTasks) {
        return new RunContext(
                lease,
                flowId,
                client,
                correlation,
                eventId,
                nextDefinition,
                nextInput,
                startedAt,
                Duration.ZERO,
                pass + 1,
                Optional.empty(),
                nextRepeatTasks);
    }
}
