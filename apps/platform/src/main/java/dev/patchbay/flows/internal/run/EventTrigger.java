package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.flows.Runs;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Hands stored events to the flows of their client. Called again after a crash: a run is started once for each flow and event. */
@Component
class EventTrigger implements EventConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(EventTrigger.class);
    /** So many runs may follow from one another through events of our own. */
    private static final int MOST_DEPTH = 5;

    private final Runs runs;
    private final RunExecutor engine;
    private final NodeSettings node;
    private final EchoDetector own;
    private final MeterRegistry meters;

    EventTrigger(Runs runs, RunExecutor engine, NodeSettings node, EchoDetector own, MeterRegistry meters) {
        this.runs = runs;
        this.engine = engine;
        this.node = node;
        this.own = own;
        this.meters = meters;
    }

    @Override
    public void consume(Event event) {
        // The last quarter is for runs that go on: retries, answers, what a dead process left.
        if (engine.active() >= node.maxRuns() * 3 / 4) {
            throw new Busy(engine.active() + " runs are under way");
        }
        event.client().ifPresent(client -> {
            var cause = own.cause(event, client);
            if (cause.map(Event.Cause::depth).orElse(0) > MOST_DEPTH) {
                ring(event, cause.orElseThrow());
            } else {
                runs.trigger(event.tenant(), client, event, cause);
            }
        });
    }

    /** Flows that set each other off for ever are stopped, and a person is told. */
    private void ring(Event event, Event.Cause cause) {
        meters.counter("flow.rings", "type", event.type()).increment();
        LOG.warn(
                "event {} starts no flow: {} runs led to it, the last of them {}; flows set each other off",
                event.id(),
                cause.depth(),
                cause.runId());
    }
}
