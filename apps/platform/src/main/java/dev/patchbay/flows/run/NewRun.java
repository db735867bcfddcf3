package dev.patchbay.flows.run;

import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.RunId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run to be started.
 *
 * @param eventId null for a run that a person starts with an input
 * @param phone the caller's number, E.164
 * @param input the event's data
 * @param causeDepth how many runs of ours led to its event; 0 for an event from outside
 */
record NewRun(
        RunId runId,
        FlowVersion flow,
        ClientId client,
        @Nullable EventId eventId,
        CorrelationId correlation,
        @Nullable String phone,
        JsonNode input,
        int causeDepth) {}
