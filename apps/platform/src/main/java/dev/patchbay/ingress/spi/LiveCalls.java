package dev.patchbay.ingress.spi;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.TenantId;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Decides what a voice agent is told while somebody is on the phone. Always answers, and in time. */
public interface LiveCalls {

    /** Says how an incoming call is taken; what cannot be found out in time is left out. */
    InboundAnswer answer(Party party, InboundCall call);

    /** Carries out what the agent asks for, at most once however often it asks in one call. */
    FunctionAnswer perform(Party party, FunctionCall call);

    /**
     * Whose call it is.
     *
     * @param client empty when nobody said whose number or agent it is
     * @param correlation of the call, as far as it is known already
     */
    record Party(TenantId tenant, Optional<ClientId> client, CorrelationId correlation) {}

    /**
     * A call that rings.
     *
     * @param agentId who would take it; empty where the number has no agent of its own
     * @param from who calls; empty when the number is hidden
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

    /** Where what is said of the caller comes from. */
    enum Source {
        /** The CRM said so just now. */
        FRESH,
        /** The CRM said so the last time it answered. */
        REMEMBERED,
        /** Nobody knows. */
        UNKNOWN
    }

    /**
     * Something an agent asks for.
     *
     * @param name as flows call it, for example {@code calendar.book}
     * @param callId the provider's id of the call
     * @param caller the person at the other end; empty when the number is hidden
     * @param agentId who asks
     * @param number ours in this call, as the provider writes it
     * @param correlation what {@link InboundAnswer} was sent with, when the call has it
     * @param arguments an object, as the agent's model filled it in
     */
    record FunctionCall(
            String name,
            String callId,
            Optional<PhoneNumber> caller,
            Optional<String> agentId,
            Optional<String> number,
            Optional<CorrelationId> correlation,
            JsonNode arguments) {}

    /**
     * What came of it.
     *
     * @param outcome {@code done}; {@code pending}: it will be confirmed; {@code taken}; {@code unclear}: the arguments
     *     do not say what is wanted; {@code failed}
     * @param say a sentence that the agent can say as it is
     * @param result what came of it for programs; an empty object where nothing did
     */
    record FunctionAnswer(String outcome, String say, JsonNode result) {}
}
