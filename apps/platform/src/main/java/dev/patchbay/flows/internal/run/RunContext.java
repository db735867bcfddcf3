package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.iam.Client;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantId;
import tools.jackson.databind.JsonNode;

/** A run as its body needs it: loaded once, from ids, whenever the engine starts or resumes it. */
record RunContext(
        TenantId tenant,
        String runId,
        Client client,
        CorrelationId correlation,
        FlowDefinition definition,
        JsonNode input) {}
