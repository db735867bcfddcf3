package dev.patchbay.ingress;

import dev.patchbay.ingress.internal.EventRepository;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Stored events, as far as a scope reaches. */
@Component
public class Events {

    private final Tenancy tenancy;
    private final EventRepository events;

    Events(Tenancy tenancy, EventRepository events) {
        this.tenancy = tenancy;
        this.events = events;
    }

    /** The event with all its data, when it is within the scope. */
    public Optional<Event> find(TenantScope scope, String eventId) {
        return tenancy.inTenant(scope.tenant(), () -> events.find(scope, eventId));
    }

    /** The latest events first, without transcripts. */
    public Page<Event> list(TenantScope scope, EventQuery query) {
        return tenancy.inTenant(scope.tenant(), () -> Page.of(events.list(scope, query), query.limit(), Event::id));
    }
}
