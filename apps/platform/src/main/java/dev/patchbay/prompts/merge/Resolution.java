package dev.patchbay.prompts.merge;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a person resolves a conflict. */
public sealed interface Resolution {

    /** The local side stays. */
    record KeepLocal() implements Resolution {}

    /** The template's side is taken; what it removed goes. */
    record TakeTemplate() implements Resolution {}

    /** The conflict's proposal is taken; only where there is one. */
    record TakeBoth() implements Resolution {}

    /** Other contents stand there; null for none. */
    record Replace(@Nullable JsonNode contents) implements Resolution {}
}
