package dev.patchbay.ingress.spi;

import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.ingress.spi.LiveCalls.FunctionCall;
import dev.patchbay.ingress.spi.LiveCalls.InboundAnswer;
import dev.patchbay.ingress.spi.LiveCalls.InboundCall;
import dev.patchbay.kernel.CorrelationId;
import tools.jackson.databind.JsonNode;

/** A voice provider's format for requests during a call, and for their answers. It translates; it decides nothing. */
public interface LiveProtocol {

    /** The provider it serves. */
    String provider();

    /**
     * Parses the request that a provider sends before a call is picked up.
     *
     * @throws Normaliser.Unreadable when a member is missing that Patchbay relies on
     */
    InboundCall inbound(Delivery delivery);

    /**
     * Writes the answer to {@link #inbound}.
     *
     * @param correlation returned by the provider with every later webhook of this call, where it supports that
     */
    JsonNode answer(InboundAnswer answer, CorrelationId correlation);

    /**
     * Parses a function call of the agent.
     *
     * @param name of the function, from the address
     * @throws Normaliser.Unreadable when a member is missing that Patchbay relies on
     */
    FunctionCall function(String name, Delivery delivery);

    /** Writes the answer to {@link #function}; in every outcome it holds a sentence that the agent can say. */
    JsonNode answer(FunctionAnswer answer);
}
