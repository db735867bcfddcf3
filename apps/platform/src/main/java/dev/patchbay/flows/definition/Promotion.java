package dev.patchbay.flows.definition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of the active version.
 *
 * @param from the version that was active before; null when none was
 */
public record Promotion(PromotionKind kind, @Nullable String from, String to, String by, Instant at) {}
