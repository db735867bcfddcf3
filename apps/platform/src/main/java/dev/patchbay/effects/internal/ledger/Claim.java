package dev.patchbay.effects.internal.ledger;

import dev.patchbay.effects.EffectKey;
import java.time.Instant;

/**
 * The right to send an effect or to look it up.
 *
 * @param attempt the effect's fencing token: it rises with every claim
 * @param firstClaimedAt when the effect was claimed for the first time, by the database's clock
 */
public record Claim(EffectKey key, int attempt, Instant firstClaimedAt) {}
