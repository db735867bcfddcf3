package dev.patchbay.ingress;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.Transcripts;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Reads stored events. A scope sees those of its tenant and, where it is narrower, of its clients. */
@Component
public class Events {

    private final Tenancy tenancy;
    private final EventRepository events;
    private final RawBodyRepository bodies;
    private final ApplicationEventPublisher audit;

    Events(Tenancy tenancy, EventRepository events, RawBodyRepository bodies, ApplicationEventPublisher audit) {
        this.tenancy = tenancy;
        this.events = events;
        this.bodies = bodies;
        this.audit = audit;
    }

    /** Returns the event with all its data, when it is within the scope. */
    public Optional<Event> find(TenantScope scope, EventId event) {
        return tenancy.inTenant(scope.tenant(), () -> events.find(scope, event));
    }

    /** Returns a page of the latest events first, without transcripts. */
    public Page<Event> list(TenantScope scope, EventQuery query) {
        return tenancy.inTenant(scope.tenant(), () -> events.list(scope, query));
    }

    /**
     * Returns the events that match any of the relations, each once, without transcripts.
     *
     * @param limitEach the maximum number of events, the latest first, for each person, subject, correlation and cause
     */
    public List<Event> findRelated(TenantScope scope, EventRelations relations, int limitEach) {
        return tenancy.inTenant(scope.tenant(), () -> events.findRelated(scope, relations, limitEach)).stream()
                .collect(Collectors.toMap(Event::id, event -> event, (first, again) -> first))
                .values()
                .stream()
                .toList();
    }

    /** Records that the event is the echo of an action of ours, unless a cause is recorded already. */
    public void recordCause(TenantId tenant, EventId event, Event.Cause cause) {
        tenancy.inTenant(tenant, () -> events.recordCause(tenant, event, cause));
    }

    /** Returns the event as {@link #find} does, for a person: reading a transcript is audited in the same transaction. */
    public Optional<Event> read(TenantScope scope, String reader, EventId id) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var found = events.find(scope, id);
            found.filter(event -> Transcripts.presentIn(event.data()))
                    .ifPresent(event -> auditRead(event, reader, "event.transcript_read", event.correlation()));
            return found;
        });
    }

    /** Returns the raw body of an event; reading it is audited in the same transaction. */
    public Optional<RawBody> readRawBody(TenantScope scope, String reader, EventId id, CorrelationId correlation) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var raw = bodies.find(scope, id);
            raw.flatMap(body -> events.find(scope, id))
                    .ifPresent(event -> auditRead(event, reader, "event.raw_read", correlation));
            return raw;
        });
    }

    private void auditRead(Event event, String reader, String action, CorrelationId correlation) {
        audit.publishEvent(new Auditable(
                new TenantScope(event.tenant(), event.client().map(Set::of)),
                reader,
                action,
                "event/" + event.id(),
                Optional.empty(),
                Optional.empty(),
                correlation));
    }
}
