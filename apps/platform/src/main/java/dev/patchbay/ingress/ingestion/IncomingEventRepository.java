package dev.patchbay.ingress.ingestion;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores events of many tenants in one statement, through the definer function {@code patchbay.ingest}. A unique key
 * deduplicates webhooks and polled records: only the first delivery of a fact is stored.
 */
@Repository
class IncomingEventRepository {

    private static final String INGEST = "SELECT patchbay.ingest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcOperations jdbc;
    private final JdbcClient client;

    IncomingEventRepository(JdbcOperations jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    /**
     * Stores each event whose deduplication key is new, with its body unchanged. If another transaction is storing the same
     * key, the statement waits for it.
     *
     * @return the ids of the events that were new
     */
    Set<EventId> store(List<IncomingEvent> events) {
        var newIds = new HashSet<EventId>();
        RowCallbackHandler collect = row -> newIds.add(new EventId(row.getString(1)));
        jdbc.query(connection -> prepare(connection, events), collect);
        return newIds;
    }

    private static PreparedStatement prepare(Connection connection, List<IncomingEvent> events) throws SQLException {
        return new ArrayParameters<>(connection.prepareStatement(INGEST), events)
                .texts(incoming -> incoming.event().tenant().value())
                .texts(incoming -> incoming.event().connectionId().value())
                .texts(IncomingEvent::deduplicationKey)
                .texts(incoming -> incoming.event().id().value())
                .texts(incoming -> incoming.event().correlation().value())
                .texts(IncomingEvent::headers)
                .bytes(IncomingEvent::body)
                .texts(incoming ->
                        incoming.event().client().map(ClientId::value).orElse(null))
                .texts(incoming -> incoming.event().type())
                .texts(incoming -> incoming.event().subject())
                .times(incoming -> incoming.event().time())
                .texts(incoming -> incoming.event().dataSchema().orElse(null))
                .texts(incoming -> Json.write(incoming.event().data()))
                .texts(incoming -> incoming.event().person().orElse(null))
                .texts(incoming -> incoming.event().origin().name().toLowerCase(Locale.ROOT))
                .texts(incoming -> Json.write(incoming.routes()))
                .times(incoming -> incoming.event().receivedAt())
                .statement();
    }

    /** Returns the receipt of the delivery that stored this fact; must be called in the tenant's transaction. */
    EventIngestion.Receipt findOriginal(TenantId tenant, ConnectionId connection, String deduplicationKey) {
        return client.sql("""
                        SELECT event_id, correlation_id FROM patchbay.ingress_dedup
                        WHERE tenant_id = :tenant AND connection_id = :connection AND key = :key""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("key", deduplicationKey)
                .query((row, number) -> new EventIngestion.Receipt(
                        new EventId(row.getString("event_id")),
                        new CorrelationId(row.getString("correlation_id")),
                        true))
                .single();
    }
}
