package dev.patchbay.flows.internal.act;

import dev.patchbay.flows.spi.Reason;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** How one attempt ended. */
public sealed interface Outcome {

    /** Done; this is what the port answered, now or before. */
    record Done(JsonNode value) implements Outcome {}

    /** Not done, but worth another try after the wait; an attempt counts towards the limit. */
    record Again(Duration after, Reason reason, String sentence) implements Outcome {}

    /** Not decided: somebody holds the act, or it must be looked up later. */
    record NotYet(Duration after) implements Outcome {}

    /** Given up. */
    record GaveUp(Reason reason, String sentence) implements Outcome {}
}
