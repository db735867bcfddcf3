package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.flows.internal.run.TaskExecutor.Call;
import dev.patchbay.kernel.Json;
import java.util.HexFormat;
import java.util.Optional;

/** What a pass of a run does again and what it does not: one rule for those that act and for the preview. */
record EffectKeys(RunContext run, StepHistory lines, Effects effects) {

    /** What an earlier pass did, where it was asked for the same and nobody wants it again. */
    Optional<StepRecord> reusable(Call call) {
        return wantedAgain(call)
                ? Optional.empty()
                : lines.reusable(call.step(), call.task().function(), call.input());
    }

    /**
     * What names the act. In a later pass it is the same act as before, unless that was refused or undone, or somebody
     * wants it again: then it is the next generation of it.
     */
    EffectKey of(Call call) {
        var key = first(call);
        return newest(key)
                .map(newest -> {
                    var known = EffectKey.of(run.tenant(), run.origin(), newest.key());
                    return superseded(call, newest) ? known.nextGeneration() : known;
                })
                .orElse(key);
    }

    /** How the act stands that the call would go on with; empty when it would be a new one. */
    Optional<EffectStatus> standing(Call call) {
        return newest(first(call)).filter(newest -> !superseded(call, newest));
    }

    private Optional<EffectStatus> newest(EffectKey key) {
        return run.pass() == 0 && !key.isShared() ? Optional.empty() : effects.findNewest(key);
    }

    private boolean superseded(Call call, EffectStatus newest) {
        return newest.is(EffectState.FAILED) || (newest.is(EffectState.DONE) && (wantedAgain(call) || undone(newest)));
    }

    private boolean undone(EffectStatus done) {
        var key = EffectKey.of(run.tenant(), run.origin(), done.key());
        return effects.findNewest(key.compensation())
                .filter(undoing -> undoing.is(EffectState.DONE))
                .isPresent();
    }

    private boolean wantedAgain(Call call) {
        return run.repeats().contains(call.task().name());
    }

    private EffectKey first(Call call) {
        String task = call.task().name();
        return call.once()
                .map(value -> new EffectKey(run.tenant(), run.origin(), once(value), task, 0, 0))
                .orElseGet(() -> new EffectKey(
                        run.tenant(), run.origin(), task, call.step().iteration()));
    }

    private String once(String value) {
        var digest = HexFormat.of().formatHex(Json.digest(Json.MAPPER.valueToTree(value)));
        return "once:" + run.flowId() + ":" + run.client().id() + ":" + digest.substring(0, 32);
    }
}
