package dev.patchbay.ingress;

import dev.patchbay.ingress.internal.EventRepository;
import dev.patchbay.ingress.internal.RawBodyRepository;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
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

/** Stored events, as far as a scope reaches. */
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

    /** The event with all its data, when it is within the scope. */
    public Optional<Event> find(TenantScope scope, String eventId) {
        return tenancy.inTenant(scope.tenant(), () -> events.find(scope, eventId));
    }

    /** The latest events first, without transcripts. */
    public Page<Event> list(TenantScope scope, EventQuery query) {
        return tenancy.inTenant(scope.tenant(), () -> Page.of(events.list(scope, query), query.limit(), Event::id));
    }

    /**
     * What events are to be related to; empty sets relate to none.
     *
     * @param persons as {@link Event#person}
     * @param causes runs, or {@code live:<call id>}, whose echoes they are
     */
    public record Relations(Set<String> persons, Set<String> subjects, Set<String> correlations, Set<String> causes) {}

    /**
     * Events that are related to any of these, each once, without transcripts.
     *
     * @param mostEach so many of the latest for each person, subject, correlation and cause
     */
    public List<Event> related(TenantScope scope, Relations relations, int mostEach) {
        return tenancy.inTenant(scope.tenant(), () -> events.related(scope, relations, mostEach)).stream()
                .collect(Collectors.toMap(Event::id, event -> event, (first, again) -> first))
                .values()
                .stream()
                .toList();
    }

    /** Marks the event as the echo of an act of ours; what was said first stands. */
    public void mark(TenantId tenant, String eventId, Event.Cause cause) {
        tenancy.inTenant(tenant, () -> events.mark(tenant, eventId, cause));
    }

    /** As {@link #find}, for a person: when it tells what was said in a call, the reading is audited in the same transaction. */
    public Optional<Event> read(TenantScope scope, String reader, String eventId) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var found = events.find(scope, eventId);
            found.filter(event -> Transcripts.in(event.data()))
                    .ifPresent(event -> audited(event, reader, "event.transcript_read", event.correlation()));
            return found;
        });
    }

    /** What an event was read from, byte for byte; the reading is audited in the same transaction. */
    public Optional<RawBodyRepository.Raw> raw(
            TenantScope scope, String reader, String eventId, CorrelationId correlation) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var raw = bodies.find(scope, eventId);
            raw.flatMap(body -> events.find(scope, eventId))
                    .ifPresent(event -> audited(event, reader, "event.raw_read", correlation));
            return raw;
        });
    }

    private void audited(Event event, String reader, String action, CorrelationId correlation) {
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
