package dev.patchbay.ingress;

import dev.patchbay.ingress.CallEvents.Conversation;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads events about calls from the table {@code event}, in the tenant's transaction. */
@Repository
class CallEventRepository {

    private static final String[] TYPES = CallEvents.TYPES.toArray(String[]::new);

    private final JdbcClient jdbc;

    CallEventRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Event> find(TenantId tenant, Collection<CorrelationId> correlations) {
        return jdbc.sql("""
                        SELECT e.tenant_id, e.event_id, e.client_id, e.connection_id, e.type, e.source, e.subject, e.time,
                          e.correlation_id, e.data_schema, e.data #- '{call,transcript}' #- '{call,recordingUrl}' AS data, e.person, e.origin, e.received_at,
                          e.caused_by, e.caused_depth, d.state
                        FROM patchbay.event e
                        JOIN patchbay.event_dispatch d ON d.tenant_id = e.tenant_id AND d.event_id = e.event_id
                        WHERE e.tenant_id = :tenant AND e.correlation_id = ANY (:correlations)
                          AND e.type = ANY (:types) AND e.client_id IS NOT NULL
                        ORDER BY e.event_id""")
                .param("tenant", tenant.value())
                .param("types", TYPES)
                .param(
                        "correlations",
                        correlations.stream().map(CorrelationId::value).toArray(String[]::new))
                .query((row, number) -> EventRepository.event(row))
                .list();
    }

    List<Conversation> findConversations(TenantId tenant, String after, int limit) {
        return jdbc.sql("""
                        SELECT event_id, correlation_id FROM patchbay.event
                        WHERE tenant_id = :tenant AND event_id > :after AND type = ANY (:types) AND client_id IS NOT NULL
                        ORDER BY event_id LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("types", TYPES)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new Conversation(
                        new CorrelationId(row.getString("correlation_id")), new EventId(row.getString("event_id"))))
                .list();
    }
}
