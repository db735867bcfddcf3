package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.iam.tenants.Client;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * An invocation with what is needed to perform it.
 *
 * @param startedNanos {@link System#nanoTime} of its arrival
 */
record LiveRequest(
        FunctionInvocation invocation,
        Client client,
        FunctionArguments arguments,
        AgentReplies replies,
        long startedNanos) {

    Duration remaining(Duration timeout) {
        return timeout.minusNanos(System.nanoTime() - startedNanos);
    }

    /** @param name of the action within its call */
    ActionRequest action(String function, String name, JsonNode input, Duration timeout) {
        return new ActionRequest(
                client.id(),
                client.zone(),
                client.locale(),
                invocation.correlation(),
                new EffectKey(invocation.tenant(), new EffectOrigin.LiveCall(invocation.callId()), name, 0),
                function,
                PortFunction.byName(function),
                input,
                timeout);
    }
}
