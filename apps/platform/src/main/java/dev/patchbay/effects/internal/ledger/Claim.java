package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** What the ledger answered to a claim. */
public sealed interface Claim {

    /** Certainly not sent yet: send inside the window. */
    record Send(Held held) implements Claim {}

    /** May have been sent: look it up first. */
    record LookFirst(Held held) implements Claim {}

    /** Done already; this is what came of it. */
    record Done(JsonNode response) implements Claim {}

    /** Refused already. */
    record Failed(String error) implements Claim {}

    /** Somebody holds it, or its time has not come. */
    record Busy(Duration until) implements Claim {}

    /** It waits for a person. */
    record Parked() implements Claim {}

    /** The same step now asks for something else. */
    record RequestMismatch() implements Claim {}

    /** This process's lease has lapsed: it may not act. */
    record Fenced() implements Claim {}

    /** A claim held: the fencing token under which everything that follows is written. */
    record Held(EffectKey key, int attempt, Instant firstClaimedAt) {}
}
