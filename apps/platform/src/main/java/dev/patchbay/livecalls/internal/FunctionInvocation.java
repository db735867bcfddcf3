package dev.patchbay.livecalls.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Describes a function that an agent calls.
 *
 * @param client empty when the number and the agent belong to no client
 * @param callId the voice provider's id of the call; empty text for the release of a hold that a flow made
 * @param caller empty when the number is hidden, or when the work continues without the caller
 * @param input the arguments
 */
record FunctionInvocation(
        TenantId tenant,
        Optional<ClientId> client,
        String callId,
        String function,
        CorrelationId correlation,
        Optional<PhoneNumber> caller,
        JsonNode input) {

    /** Returns an action that follows from this one, in the same call. */
    FunctionInvocation as(String otherFunction, JsonNode otherInput) {
        return new FunctionInvocation(tenant, client, callId, otherFunction, correlation, caller, otherInput);
    }
}
