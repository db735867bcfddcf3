package dev.patchbay.usage.collection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.spi.EventConsumer;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
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
    /** Connections whose next collection was scheduled within the delay: it also lists the calls that end until then. */
    private final Cache<Source, Boolean> scheduled =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(DELAY).build();

    AnalyzedCallListener(CollectionRepository collections, Tenancy tenancy) {
        this.collections = collections;
        this.tenancy = tenancy;
    }

    private record Source(TenantId tenant, ConnectionId connection) {}

    @Override
    public void consume(Event event) {
        var source = new Source(event.tenant(), event.connectionId());
        if (event.type().equals("voice.call.analyzed") && scheduled.getIfPresent(source) == null) {
            tenancy.inTenant(source.tenant(), () -> collections.hasten(source.tenant(), source.connection(), DELAY));
            scheduled.put(source, true);
        }
    }
}
