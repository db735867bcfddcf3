package dev.patchbay.ingress;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.PageReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads and writes the table {@code event}, with the status from {@code event_dispatch}. Every call runs in the tenant's
 * transaction.
 */
@Repository
class EventRepository {

    private static final String RELATED = """
            SELECT e.tenant_id, e.event_id, e.client_id, e.connection_id, e.type, e.source, e.subject, e.time,
              e.correlation_id, e.data_schema, e.data #- '{call,transcript}' #- '{call,recordingUrl}' AS data, e.person, e.origin, e.received_at,
              e.caused_by, e.caused_depth, d.state
            FROM ("""
            + String.join(
                    "UNION ALL ",
                    latest("person", "persons"),
                    latest("subject", "subjects"),
                    latest("correlation_id", "correlations"),
                    latest("caused_by", "causes"))
            + ") e JOIN patchbay.event_dispatch d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id";

    private final JdbcClient jdbc;

    EventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Event> find(TenantScope scope, EventId event) {
        return jdbc.sql("""
                        SELECT e.*, d.state FROM patchbay.event e
                        JOIN patchbay.event_dispatch d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id
                        WHERE e.tenant_id = :tenant AND e.event_id = :event
                          AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("event", event.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> event(row))
                .optional();
    }

    /** Returns a page of the latest events, without transcripts. The page is bounded in bytes too. */
    Page<Event> list(TenantScope scope, EventQuery query) {
        return PageReader.read(
                jdbc.sql("""
                        SELECT e.tenant_id, e.event_id, e.client_id, e.connection_id, e.type, e.source, e.subject, e.time,
                          e.correlation_id, e.data_schema, e.data #- '{call,transcript}' #- '{call,recordingUrl}' AS data, e.person, e.origin, e.received_at,
                          e.caused_by, e.caused_depth, d.state
                        FROM patchbay.event e
                        JOIN patchbay.event_dispatch d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id
                        WHERE e.tenant_id = :tenant
                          AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR e.client_id = :client)
                          AND (:type::text IS NULL OR e.type = :type)
                          AND (:correlation::text IS NULL OR e.correlation_id = :correlation)
                          AND (:subject::text IS NULL OR e.subject = :subject)
                          AND (:phone::text IS NULL OR e.person = :phone)
                          AND (:state::text IS NULL OR d.state = :state)
                          AND (:after::text IS NULL OR e.event_id < :after)
                        ORDER BY e.event_id DESC LIMIT :limit""")
                        .param("tenant", scope.tenant().value())
                        .param("scoped", scope.scoped())
                        .param("client", query.client().orElse(null))
                        .param("type", query.type().orElse(null))
                        .param("correlation", query.correlationId().orElse(null))
                        .param("subject", query.subject().orElse(null))
                        .param("phone", query.phone().orElse(null))
                        .param("state", query.status().map(Enum::name).orElse(null))
                        .param("after", query.after().orElse(null))
                        .param("limit", query.limit() + 1),
                "data",
                query.limit(),
                (row, number) -> event(row),
                event -> event.id().value());
    }

    /**
     * Returns the latest events of each kind of relation, without transcripts. An event that matches several relations is
     * returned several times.
     */
    List<Event> findRelated(TenantScope scope, EventRelations relations, int limitEach) {
        return jdbc.sql(RELATED)
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("persons", relations.persons().toArray(String[]::new))
                .param("subjects", relations.subjects().toArray(String[]::new))
                .param("correlations", relations.correlations().toArray(String[]::new))
                .param("causes", relations.causes().toArray(String[]::new))
                .param("limit", limitEach)
                .query((row, number) -> event(row))
                .list();
    }

    private static String latest(String column, String values) {
        return """
                SELECT e.* FROM unnest(:values::text[]) AS relation (value) CROSS JOIN LATERAL (
                  SELECT * FROM patchbay.event e
                  WHERE e.tenant_id = :tenant AND e.column = relation.value AND (:scoped::text[] IS NULL OR e.client_id = ANY (:scoped))
                  ORDER BY e.event_id DESC LIMIT :limit) e
                """.replace(":values", ":" + values).replace("e.column", "e." + column);
    }

    static Event event(ResultSet row) throws SQLException {
        return new Event(
                new EventId(row.getString("event_id")),
                new TenantId(row.getString("tenant_id")),
                Optional.ofNullable(row.getString("client_id")).map(ClientId::new),
                new ConnectionId(row.getString("connection_id")),
                row.getString("type"),
                row.getString("source"),
                row.getString("subject"),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                new CorrelationId(row.getString("correlation_id")),
                Optional.ofNullable(row.getString("data_schema")),
                Json.read(row.getString("data")),
                Optional.ofNullable(row.getString("person")),
                Event.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                EventStatus.valueOf(row.getString("state")),
                cause(row));
    }

    private static Optional<Event.Cause> cause(ResultSet row) throws SQLException {
        int depth = row.getInt("caused_depth");
        return Optional.ofNullable(row.getString("caused_by")).map(origin -> new Event.Cause(origin, depth));
    }

    /** Records the cause, unless a cause is recorded already. */
    void recordCause(TenantId tenant, EventId event, Event.Cause cause) {
        jdbc.sql("""
                        UPDATE patchbay.event SET caused_by = :origin, caused_depth = :depth
                        WHERE tenant_id = :tenant AND event_id = :event AND caused_by IS NULL""")
                .param("origin", cause.origin())
                .param("depth", cause.depth())
                .param("tenant", tenant.value())
                .param("event", event.value())
                .update();
    }
}
