package dev.patchbay.ingress.spi;

import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.ingress.spi.LiveCalls.FunctionCall;
import dev.patchbay.ingress.spi.LiveCalls.InboundAnswer;
import dev.patchbay.ingress.spi.LiveCalls.InboundCall;
import dev.patchbay.kernel.CorrelationId;
import tools.jackson.databind.JsonNode;

/** How a voice provider asks while somebody is on the phone, and what it wants to read. Knows the wire, not the policy. */
public interface LiveProtocol {

    /** The provider it serves. */
    String provider();

    /**
     * Reads what is asked before a call is picked up.
     *
     * @throws Normaliser.Unreadable when what Patchbay relies on is not there
     */
    InboundCall inbound(Delivery delivery);

    /**
     * Writes the answer to {@link #inbound}.
     *
     * @param correlation given back by the provider with all that follows of this call, where it can
     */
    JsonNode answer(InboundAnswer answer, CorrelationId correlation);

    /**
     * Reads what the agent asks during a call.
     *
     * @param name of the function, from the address
     * @throws Normaliser.Unreadable when what Patchbay relies on is not there
     */
    FunctionCall function(String name, Delivery delivery);

    /** Writes the answer to {@link #function}: something the agent can say, whatever became of it. */
    JsonNode answer(FunctionAnswer answer);
}
