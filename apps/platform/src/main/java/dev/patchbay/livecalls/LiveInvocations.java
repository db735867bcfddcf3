package dev.patchbay.livecalls;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The functions that agents called during calls, as far as a scope reaches. */
public interface LiveInvocations {

    /** The invocations that match the filter, the oldest first. */
    Page<LiveInvocation> list(TenantScope scope, Filter filter);

    /**
     * One call of a function, or the settlement of one that was {@link InvocationOutcome#PENDING}.
     *
     * @param client empty when the number and the agent belong to no client
     * @param callId the voice provider's id of the call; empty text for the release of a hold that a flow made
     * @param input the arguments, redacted
     * @param output what was answered, redacted
     * @param milliseconds until the agent had its answer; for a settlement, until it was settled
     */
    record LiveInvocation(
            String id,
            Optional<ClientId> client,
            String callId,
            String function,
            CorrelationId correlation,
            JsonNode input,
            JsonNode output,
            InvocationOutcome outcome,
            long milliseconds,
            Instant at) {}

    /**
     * Null restricts nothing.
     *
     * @param after the id of the last invocation of the page before
     * @param limit cut to 1 to 200
     */
    record Filter(
            @Nullable String callId,
            @Nullable String correlationId,
            @Nullable String after,
            int limit) {}
}
