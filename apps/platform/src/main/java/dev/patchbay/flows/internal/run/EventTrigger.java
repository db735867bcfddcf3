package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.Flows;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import org.springframework.stereotype.Component;

/** Hands stored events to the flows of their client. Called again after a crash: a run is started once for each flow and event. */
@Component
class EventTrigger implements EventConsumer {

    private final Flows flows;

    EventTrigger(Flows flows) {
        this.flows = flows;
    }

    @Override
    public void consume(Event event) {
        event.client()
                .ifPresent(client -> flows.trigger(
                        event.tenant(), client, event.type(), event.id(), event.correlation(), event.data()));
    }
}
