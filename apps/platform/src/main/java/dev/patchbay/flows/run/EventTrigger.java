package dev.patchbay.flows.run;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hands stored events to the flows of their client. It may be called again after a crash, because each flow has only one run
 * for an event.
 */
@Component
class EventTrigger implements EventConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(EventTrigger.class);
    /** Limits a chain of runs in which each is started by an echo of the one before. */
    private static final int MAX_CAUSE_DEPTH = 5;

    private final Runs runs;
    private final RunExecutor executor;
    private final EchoDetector echoes;
    private final MeterRegistry meters;

    EventTrigger(Runs runs, RunExecutor executor, EchoDetector echoes, MeterRegistry meters) {
        this.runs = runs;
        this.executor = executor;
        this.echoes = echoes;
        this.meters = meters;
    }

    @Override
    public void consume(Event event) {
        if (!executor.hasRoomFor(event.tenant())) {
            throw new Busy(executor.active() + " runs are under way");
        }
        event.client().ifPresent(client -> {
            var cause = echoes.findCause(event, client);
            if (cause.map(Event.Cause::depth).orElse(0) > MAX_CAUSE_DEPTH) {
                reportLoop(event, cause.orElseThrow());
            } else {
                runs.trigger(event.tenant(), client, event, cause);
            }
        });
    }

    private void reportLoop(Event event, Event.Cause cause) {
        meters.counter("flow.loops", "type", event.type()).increment();
        LOG.warn(
                "event {}: starts no flow because {} runs led to it, the last of them {}; look for flows that trigger each other",
                event.id(),
                cause.depth(),
                cause.origin());
    }
}
