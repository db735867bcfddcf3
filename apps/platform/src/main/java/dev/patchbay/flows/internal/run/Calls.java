package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.engine.DurableEngine;
import dev.patchbay.flows.spi.Reason;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Carries a call through its attempts: each is remembered by the engine, each wait survives a restart. */
@Component
class Calls {

    private static final int MOST_ATTEMPTS = 3;
    /** Waits for another holder or for a settle time to pass; each is at least a second long. */
    private static final int MOST_WAITS = 200;

    private final Performer performer;
    private final Journal journal;
    private final DurableEngine engine;
    private final Clock clock;

    Calls(Performer performer, Journal journal, DurableEngine engine, Clock clock) {
        this.performer = performer;
        this.journal = journal;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * @return what the port answered
     * @throws TaskFailed when it was given up
     */
    JsonNode call(RunContext run, Task.CallTask task, StepId step, JsonNode input) {
        var function = PortFunction.named(task.function());
        var key = new EffectKey(run.tenant(), run.runId(), task.name(), step.iteration());
        var call = new StepCall(step, function, key, input);
        journal.began(run, step, function.name(), function.acts() ? key.text() : null, input, clock.instant());
        int attempts = 1;
        boolean renewed = false;
        for (int turn = 1; turn <= MOST_WAITS; turn++) {
            switch (attempt(run, call, turn, attempts, renewed)) {
                case Verdict.Done done -> {
                    return journal.output(run, step).orElseThrow();
                }
                case Verdict.GaveUp gaveUp -> throw failed(run, step, gaveUp.reason());
                case Verdict.NotYet later -> pause(run, later.after());
                case Verdict.Again again -> {
                    if (++attempts > MOST_ATTEMPTS) {
                        throw failed(run, step, again.reason());
                    }
                    renewed = again.reason() == Reason.AUTH_EXPIRED;
                    pause(run, again.after());
                }
            }
        }
        throw failed(run, step, Reason.UNKNOWN_OUTCOME);
    }

    private Verdict attempt(RunContext run, StepCall call, int turn, int number, boolean renewed) {
        return Verdict.read(engine.remember(
                call.step().text() + "@" + turn,
                () -> performer.attempt(run, call, number, renewed).write()));
    }

    /** Waits, durably; the run shows that it waits. */
    void pause(RunContext run, Duration duration) {
        if (duration.isPositive()) {
            journal.runStatus(run, "waiting");
            engine.sleep(duration);
            journal.runStatus(run, "running");
        }
    }

    private TaskFailed failed(RunContext run, StepId step, Reason reason) {
        String sentence = journal.output(run, step)
                .map(said -> said.path("detail").asString(""))
                .orElse("");
        var failure = TaskFailed.because(reason, step.pointer(), sentence);
        journal.failed(run, step, failure.error(), clock.instant());
        return failure;
    }
}
