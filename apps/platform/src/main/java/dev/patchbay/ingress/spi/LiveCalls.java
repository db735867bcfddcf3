package dev.patchbay.ingress.spi;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Answers a voice agent during a call. Always answers, and within the time the provider waits. */
public interface LiveCalls {

    /** Decides how an inbound call is taken; variables that cannot be looked up in time are left out. */
    InboundAnswer answer(Party party, InboundCall call);

    /** Performs a function of the agent: at most once per call, however often the agent repeats it. */
    FunctionAnswer perform(Party party, FunctionCall call);

    /**
     * The owner of a call.
     *
     * @param client empty while neither the number nor the agent is mapped to a client
     * @param correlation of the call: every event, function and run of it bears this one
     */
    record Party(TenantId tenant, Optional<ClientId> client, CorrelationId correlation) {}

    /**
     * A ringing call.
     *
     * @param agentId the agent that would take it; empty where the number has no agent of its own
     * @param from the caller; empty when the number is withheld
     * @param to the number that was dialled, as the provider writes it
     */
    record InboundCall(Optional<String> agentId, Optional<PhoneNumber> from, String to) {}

    /** How a call is taken. */
    sealed interface InboundAnswer {

        /**
         * It is taken.
         *
         * @param variables what the agent may say, as texts
         */
        record Taken(
                Source source, Optional<String> agentId, Optional<Integer> agentVersion, Map<String, String> variables)
                implements InboundAnswer {}

        /** It is not taken. */
        record Refused() implements InboundAnswer {}
    }

    /** The source of what the agent knows about the caller. */
    enum Source {
        /** The CRM answered just now. */
        FRESH,
        /** The CRM did not answer; this is its last answer. */
        REMEMBERED,
        /** Nothing is known about the caller. */
        UNKNOWN
    }

    /**
     * A function call of an agent.
     *
     * @param name as flows call it, for example {@code calendar.book}
     * @param callId the provider's id of the call
     * @param caller the person at the other end; empty when the number is withheld
     * @param agentId the agent that calls
     * @param number ours in this call, as the provider writes it
     * @param correlation of the call, which its events bear too
     * @param arguments an object, as the agent's model filled it in
     */
    record FunctionCall(
            String name,
            String callId,
            Optional<PhoneNumber> caller,
            Optional<String> agentId,
            Optional<String> number,
            CorrelationId correlation,
            JsonNode arguments) {}

    /**
     * The result of a function call.
     *
     * @param outcome {@code done}; {@code pending}: it will be confirmed; {@code taken}; {@code unclear}: the
     *     arguments do not determine the request; {@code failed}
     * @param say a sentence that the agent can say as it is
     * @param result the result for programs; an empty object where there is none
     */
    record FunctionAnswer(String outcome, String say, JsonNode result) {}
}
