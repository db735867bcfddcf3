package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.Flows;
import dev.patchbay.flows.internal.engine.DurableEngine;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import org.springframework.stereotype.Component;

/** Hands stored events to the flows of their client. Called again after a crash: a run is started once for each flow and event. */
@Component
class EventTrigger implements EventConsumer {

    /** More runs than this at once would only take turns: what comes after waits where it is stored. */
    private static final int MOST_AT_ONCE = 256;

    private final Flows flows;
    private final DurableEngine engine;

    EventTrigger(Flows flows, DurableEngine engine) {
        this.flows = flows;
        this.engine = engine;
    }

    @Override
    public void consume(Event event) {
        if (engine.active() >= MOST_AT_ONCE) {
            throw new Busy(MOST_AT_ONCE + " runs are under way");
        }
        event.client()
                .ifPresent(client -> flows.trigger(
                        event.tenant(), client, event.type(), event.id(), event.correlation(), event.data()));
    }
}
