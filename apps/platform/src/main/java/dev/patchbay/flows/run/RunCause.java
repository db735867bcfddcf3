package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a run did not complete.
 *
 * @param code a {@link FailureReason}'s, {@code raised} or {@code rejected}
 * @param sentence for people
 * @param step the name of the task it stopped at; empty where that is the flow itself, null where nothing was executed
 * @param error as the standard shapes it; null where nothing was executed
 */
record RunCause(
        String code,
        String sentence,
        @Nullable String step,
        @Nullable JsonNode error) {}
