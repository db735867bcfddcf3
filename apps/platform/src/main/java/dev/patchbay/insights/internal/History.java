package dev.patchbay.insights.internal;

import dev.patchbay.effects.EffectStatus;
import dev.patchbay.flows.history.RunHistory.AttemptEntry;
import dev.patchbay.flows.history.RunHistory.RunEntry;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.history.RunHistory.TriggerMissEntry;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.livecalls.LiveCallHistory.InvocationEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The runs, effects, live function calls and missed triggers of some conversations, in no particular order. */
record History(
        List<RunEntry> runs,
        List<StepEntry> steps,
        List<AttemptEntry> attempts,
        List<EffectStatus> effects,
        List<InvocationEntry> invocations,
        List<TriggerMissEntry> misses) {

    History ofCall(String callId, Set<CorrelationId> conversations) {
        var ownRuns = runs.stream()
                .filter(run -> conversations.contains(run.correlation()))
                .toList();
        Set<RunId> ids = ownRuns.stream().map(RunEntry::id).collect(Collectors.toSet());
        return new History(
                ownRuns,
                steps.stream().filter(step -> ids.contains(step.runId())).toList(),
                attempts.stream()
                        .filter(attempt -> ids.contains(attempt.runId()))
                        .toList(),
                effects,
                invocations.stream()
                        .filter(invocation -> invocation.callId().equals(callId))
                        .toList(),
                misses.stream()
                        .filter(miss -> conversations.contains(miss.correlation()))
                        .toList());
    }
}
