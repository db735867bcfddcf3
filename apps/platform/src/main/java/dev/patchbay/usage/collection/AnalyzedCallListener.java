package dev.patchbay.usage.collection;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Collects usage sooner after a call was analyzed, because its cost is stated at about that time. The event itself says nothing
 * about usage, and a call whose event is lost is collected by the schedule.
 */
@Component
class AnalyzedCallListener implements EventConsumer {

    /** The delay of the collection. Calls that end within this time share one pass. */
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final CollectionRepository collections;
    private final Tenancy tenancy;

    AnalyzedCallListener(CollectionRepository collections, Tenancy tenancy) {
        this.collections = collections;
        this.tenancy = tenancy;
    }

    @Override
    public void consume(Event event) {
        if (event.type().equals("voice.call.analyzed")) {
            tenancy.inTenant(event.tenant(), () -> collections.hasten(event.tenant(), event.connectionId(), DELAY));
        }
    }
}
