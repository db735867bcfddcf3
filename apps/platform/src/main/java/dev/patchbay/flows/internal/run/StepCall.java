package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import tools.jackson.databind.JsonNode;

/** A call that is about to be attempted. */
record StepCall(StepId step, PortFunction<?, ?, ?> function, EffectKey key, JsonNode input) {}
