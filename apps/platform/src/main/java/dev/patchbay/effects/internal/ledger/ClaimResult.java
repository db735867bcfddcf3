package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** The ledger's answer to a process that wants to claim an effect. */
public sealed interface ClaimResult {

    /** It was certainly not sent yet: send it inside the window. */
    record Send(Claim claim) implements ClaimResult {}

    /** It may have been sent: look it up first. */
    record LookUpFirst(Claim claim) implements ClaimResult {}

    record Done(JsonNode response) implements ClaimResult {}

    record Failed(FailureReason reason, String sentence) implements ClaimResult {}

    /**
     * Another claim stands, or the effect may not be looked up yet.
     *
     * @param claimed whether a process, dead or alive, holds the effect; false while a lost answer may still arrive
     */
    record Busy(Duration retryAfter, boolean claimed) implements ClaimResult {}

    /** It waits for a person. */
    record Parked() implements ClaimResult {}

    /** The request differs from the one that may have been sent under this key. */
    record RequestMismatch() implements ClaimResult {}

    /** This process's lease has lapsed: it may not send. */
    record Fenced() implements ClaimResult {}
}
