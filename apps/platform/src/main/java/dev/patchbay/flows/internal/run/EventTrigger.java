package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.Flows;
import dev.patchbay.flows.internal.engine.DurableEngine;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import org.springframework.stereotype.Component;

/** Hands stored events to the flows of their client. Called again after a crash: a run is started once for each flow and event. */
@Component
class EventTrigger implements EventConsumer {

    private final Flows flows;
    private final DurableEngine engine;
    private final NodeSettings node;

    EventTrigger(Flows flows, DurableEngine engine, NodeSettings node) {
        this.flows = flows;
        this.engine = engine;
        this.node = node;
    }

    @Override
    public void consume(Event event) {
        if (engine.active() >= node.mostRuns()) {
            throw new Busy(engine.active() + " runs are under way");
        }
        event.client()
                .ifPresent(client -> flows.trigger(
                        event.tenant(), client, event.type(), event.id(), event.correlation(), event.data()));
    }
}
