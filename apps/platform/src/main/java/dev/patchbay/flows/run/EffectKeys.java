package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.flows.run.TaskExecutor.Call;
import dev.patchbay.kernel.Json;
import java.util.HexFormat;
import java.util.Optional;

/** Decides which calls a pass of a run repeats. Executions and the preview share this rule. */
record EffectKeys(RunContext run, StepHistory history, Effects effects) {

    /**
     * Returns the call with the input that an earlier pass sent, if that pass sent the input exactly as the flow writes it, as
     * release 0.1 did. Otherwise the ledger would take the same request in another notation for a different one.
     */
    Call asCalledBefore(Call call) {
        return history.findUnread(call.step(), call.task().function(), call.written())
                        .isPresent()
                ? call.withInputAsWritten()
                : call;
    }

    /** Returns the step of an earlier pass that made the same call, unless the replay asks to repeat it. */
    Optional<StepRecord> findReusable(Call call) {
        return isRepeated(call)
                ? Optional.empty()
                : history.findReusable(call.step(), call.task().function(), call.input());
    }

    /**
     * Returns the key of the call's effect. A later pass keeps the key of the earlier effect, unless that effect failed, was
     * compensated, or is to be repeated: then it gets the next generation.
     */
    EffectKey keyOf(Call call) {
        var first = firstGeneration(call);
        return findNewest(first)
                .map(newest -> {
                    var key = EffectKey.of(run.tenant(), run.origin(), newest.key());
                    return isSuperseded(call, newest) ? key.nextGeneration() : key;
                })
                .orElse(first);
    }

    /** Returns the effect that the call would continue; empty when the call would make a new one. */
    Optional<EffectStatus> findCurrent(Call call) {
        return findNewest(firstGeneration(call)).filter(newest -> !isSuperseded(call, newest));
    }

    private Optional<EffectStatus> findNewest(EffectKey key) {
        return run.pass() == 0 && !key.isShared() ? Optional.empty() : effects.findNewest(key);
    }

    private boolean isSuperseded(Call call, EffectStatus newest) {
        return newest.is(EffectState.FAILED)
                || (newest.is(EffectState.DONE) && (isRepeated(call) || isCompensated(newest)));
    }

    private boolean isCompensated(EffectStatus done) {
        var key = EffectKey.of(run.tenant(), run.origin(), done.key());
        return effects.findNewest(key.compensation())
                .filter(compensation -> compensation.is(EffectState.DONE))
                .isPresent();
    }

    private boolean isRepeated(Call call) {
        return run.repeatTasks().contains(call.task().name());
    }

    private EffectKey firstGeneration(Call call) {
        String task = call.task().name();
        return call.idempotencyKey()
                .map(value -> new EffectKey(run.tenant(), run.origin(), sharedScope(value), task, 0, 0))
                .orElseGet(() -> new EffectKey(
                        run.tenant(), run.origin(), task, call.step().iteration()));
    }

    /** Returns the scope of an effect that runs share: those of one flow and client with the same idempotency key. */
    private String sharedScope(String idempotencyKey) {
        var digest = HexFormat.of().formatHex(Json.digest(Json.MAPPER.valueToTree(idempotencyKey)));
        return "once:" + run.flowId() + ":" + run.client().id() + ":" + digest.substring(0, 32);
    }
}
