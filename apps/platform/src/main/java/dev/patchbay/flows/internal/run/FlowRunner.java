package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.engine.DurableEngine;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** A run from its first task to its end: completed, failed by its author's will, or parked for a person. */
@Component
class FlowRunner implements DurableEngine.RunBody {

    private final RunRepository runs;
    private final Calls calls;
    private final Journal journal;
    private final Clock clock;
    private final MeterRegistry meters;

    FlowRunner(RunRepository runs, Calls calls, Journal journal, Clock clock, MeterRegistry meters) {
        this.runs = runs;
        this.calls = calls;
        this.journal = journal;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void run(String tenantId, String runId) {
        var run = runs.load(new TenantId(tenantId), runId);
        MDC.put("correlationId", run.correlation().value());
        try {
            walk(run);
        } finally {
            MDC.remove("correlationId");
        }
    }

    private void walk(RunContext run) {
        try {
            var output = new Interpreter(run, calls, journal, clock).run();
            journal.runEnded(run, "completed", output, null, null, clock.instant());
        } catch (TaskFailed failed) {
            String code = failed.reason().map(Reason::code).orElse("raised");
            String status = failed.reason().isPresent() ? "parked" : "failed";
            meters.counter("dead.letters", "reason", code).increment();
            journal.runEnded(run, status, failed.error(), code, String.valueOf(failed.getMessage()), clock.instant());
        }
    }
}
