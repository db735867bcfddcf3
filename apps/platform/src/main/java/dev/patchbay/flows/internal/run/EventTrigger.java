package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.Runs;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.flows.internal.engine.RunExecutor;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import org.springframework.stereotype.Component;

/** Hands stored events to the flows of their client. Called again after a crash: a run is started once for each flow and event. */
@Component
class EventTrigger implements EventConsumer {

    private final Runs runs;
    private final RunExecutor engine;
    private final NodeSettings node;

    EventTrigger(Runs runs, RunExecutor engine, NodeSettings node) {
        this.runs = runs;
        this.engine = engine;
        this.node = node;
    }

    @Override
    public void consume(Event event) {
        if (engine.active() >= node.mostRuns()) {
            throw new Busy(engine.active() + " runs are under way");
        }
        event.client()
                .ifPresent(client -> runs.trigger(
                        event.tenant(), client, event.type(), event.id(), event.correlation(), event.data()));
    }
}
