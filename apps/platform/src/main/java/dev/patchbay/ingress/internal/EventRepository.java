package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.ingress.EventQuery;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code event}, {@code ingress_raw} and {@code ingress_dedup}; every call runs in the tenant's transaction. */
@Repository
public class EventRepository {

    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A webhook on its way into the tables: the event, how to tell it again, and how it arrived. */
    record Arrival(Event event, String deduplicationKey, String headers, byte[] body) {}

    /**
     * Writes all rows of an arrival in one statement, or none when its key is taken. A delivery of the same fact that
     * is just being stored is waited for.
     *
     * @return whether it was new
     */
    boolean store(Arrival arrival) {
        Event event = arrival.event();
        return jdbc.sql("""
                        WITH fresh AS (
                          INSERT INTO patchbay.ingress_dedup (tenant_id, connection_id, key, event_id, correlation_id)
                          VALUES (:tenant, :connection, :key, :event, :correlation)
                          ON CONFLICT DO NOTHING RETURNING event_id),
                        raw AS (
                          INSERT INTO patchbay.ingress_raw (tenant_id, event_id, connection_id, headers, body, received_at)
                          SELECT :tenant, event_id, :connection, :headers::jsonb, :body, :received FROM fresh),
                        canonical AS (
                          INSERT INTO patchbay.event (tenant_id, event_id, client_id, connection_id, type, source, subject,
                            time, correlation_id, data_schema, data, received_at)
                          SELECT :tenant, event_id, :client, :connection, :type, :source, :subject,
                            :time, :correlation, :schema, :data::jsonb, :received FROM fresh),
                        dispatch AS (
                          INSERT INTO patchbay.event_dispatch (tenant_id, event_id, received_at, state, ready_at)
                          SELECT :tenant, event_id, :received, 'READY', clock_timestamp() FROM fresh)
                        SELECT count(*) FROM fresh""")
                        .param("tenant", event.tenant().value())
                        .param("connection", event.connectionId())
                        .param("key", arrival.deduplicationKey())
                        .param("event", event.id())
                        .param("correlation", event.correlation().value())
                        .param("headers", arrival.headers())
                        .param("body", arrival.body())
                        .param("client", event.client().map(ClientId::value).orElse(null))
                        .param("type", event.type())
                        .param("source", event.source())
                        .param("subject", event.subject())
                        .param("time", utc(event.time()))
                        .param("schema", event.dataSchema().orElse(null))
                        .param("data", Json.write(event.data()))
                        .param("received", utc(event.receivedAt()))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The ids that the first delivery of this fact was answered with. */
    Intake.Receipt first(TenantId tenant, String connectionId, String deduplicationKey) {
        return jdbc.sql("""
                        SELECT event_id, correlation_id FROM patchbay.ingress_dedup
                        WHERE tenant_id = :tenant AND connection_id = :connection AND key = :key""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("key", deduplicationKey)
                .query((row, number) ->
                        new Intake.Receipt(row.getString("event_id"), row.getString("correlation_id"), true))
                .single();
    }

    public Optional<Event> find(TenantScope scope, String eventId) {
        return jdbc.sql("""
                        SELECT e.*, d.state FROM patchbay.event e
                        JOIN patchbay.event_dispatch d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id
                        WHERE e.tenant_id = :tenant AND e.event_id = :event
                          AND (:scoped::text IS NULL OR e.client_id = :scoped)""")
                .param("tenant", scope.tenant().value())
                .param("event", eventId)
                .param("scoped", scope.client().map(ClientId::value).orElse(null))
                .query((row, number) -> event(row))
                .optional();
    }

    /** One row more than the limit, so that the caller knows whether a page follows. */
    public List<Event> list(TenantScope scope, EventQuery query) {
        return jdbc.sql("""
                        SELECT e.tenant_id, e.event_id, e.client_id, e.connection_id, e.type, e.source, e.subject, e.time,
                          e.correlation_id, e.data_schema, e.data #- '{call,transcript}' AS data, e.received_at, d.state
                        FROM patchbay.event e
                        JOIN patchbay.event_dispatch d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id
                        WHERE e.tenant_id = :tenant
                          AND (:scoped::text IS NULL OR e.client_id = :scoped)
                          AND (:client::text IS NULL OR e.client_id = :client)
                          AND (:type::text IS NULL OR e.type = :type)
                          AND (:correlation::text IS NULL OR e.correlation_id = :correlation)
                          AND (:subject::text IS NULL OR e.subject = :subject)
                          AND (:phone::text IS NULL OR e.data -> 'call' ->> 'from' = :phone)
                          AND (:after::text IS NULL OR e.event_id < :after)
                        ORDER BY e.event_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.client().map(ClientId::value).orElse(null))
                .param("client", query.client().orElse(null))
                .param("type", query.type().orElse(null))
                .param("correlation", query.correlationId().orElse(null))
                .param("subject", query.subject().orElse(null))
                .param("phone", query.phone().orElse(null))
                .param("after", query.after().orElse(null))
                .param("limit", query.limit() + 1)
                .query((row, number) -> event(row))
                .list();
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getString("event_id"),
                new TenantId(row.getString("tenant_id")),
                Optional.ofNullable(row.getString("client_id")).map(ClientId::new),
                row.getString("connection_id"),
                row.getString("type"),
                row.getString("source"),
                row.getString("subject"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new CorrelationId(row.getString("correlation_id")),
                Optional.ofNullable(row.getString("data_schema")),
                Json.read(row.getString("data")),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                Event.Status.valueOf(row.getString("state")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
