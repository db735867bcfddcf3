package dev.patchbay.ingress.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventStatus;
import dev.patchbay.ingress.spi.Normalised.Route;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores events of one tenant as ingestion stores them, without a webhook; and reads and changes their dispatch rows. */
public final class StoredEvents {

    private final TenantId tenant;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final IncomingEventRepository repository;

    public StoredEvents(TenantId tenant, Tenancy tenancy, JdbcOperations operations, JdbcClient jdbc) {
        this.tenant = tenant;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.repository = new IncomingEventRepository(operations, jdbc);
    }

    /** An event of type {@code test.happened} that is not stored. */
    static Event event(TenantId tenant, String connection, Optional<ClientId> client, Instant receivedAt) {
        return new Event(
                EventId.next(receivedAt),
                tenant,
                client,
                new ConnectionId(connection),
                "test.happened",
                "/connections/" + connection,
                "subject",
                receivedAt,
                new CorrelationId(Ids.next("cor", receivedAt)),
                Optional.empty(),
                Json.object(),
                Optional.empty(),
                Event.Origin.WEBHOOK,
                receivedAt,
                EventStatus.READY,
                Optional.empty());
    }

    /** Stores an event of the tenant itself, received at that moment. */
    public EventId store(Instant receivedAt) {
        return store(event(tenant, "con_test", Optional.empty(), receivedAt), List.of());
    }

    /** Stores an event of a client, received now. */
    public EventId store(String client) {
        return store(event(tenant, "con_test", Optional.of(new ClientId(client)), now()), List.of());
    }

    /** Stores an event that waits for one of the routes to be mapped. */
    EventId storeUnattributed(String connection, List<Route> routes) {
        return store(event(tenant, connection, Optional.empty(), now()), routes);
    }

    private EventId store(Event event, List<Route> routes) {
        var incoming = new IncomingEvent(event, event.id().value(), routes, "{}", new byte[0]);
        var newIds = tenancy.throughDefinerFunction(() -> repository.store(List.of(incoming)));
        assertThat(newIds).containsExactly(event.id());
        return event.id();
    }

    static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Marks every event of the tenant as done. */
    public void markAllDone() {
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.event_dispatch SET state = 'DONE'")
                        .update());
    }

    /** Leaves the event one attempt. */
    public void leaveOneAttempt(EventId event) {
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("UPDATE patchbay.event_dispatch SET attempts = max_attempts - 1 WHERE event_id = ?")
                        .param(event.value())
                        .update());
    }

    /** The number of the tenant's rows in a table of the schema {@code patchbay}. */
    public long count(String table) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                        .query(Long.class)
                        .single());
    }
}
