package dev.patchbay.insights.internal;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.history.RunHistory.AttemptEntry;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.util.List;

/** The runs, effects, live function calls and missed triggers of some conversations, in no order. */
record History(
        List<RunEntry> runs,
        List<StepEntry> steps,
        List<AttemptEntry> attempts,
        List<EffectStatus> effects,
        List<InvocationEntry> invocations,
        List<TriggerMissEntry> misses) {}
