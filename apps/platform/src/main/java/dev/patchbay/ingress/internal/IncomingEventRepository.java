package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
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

/** Writes arrivals of many tenants in one statement, through the door {@code patchbay.ingest}. */
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
     * Stores each arrival whose key is not taken, its body as it is given; a delivery of the same fact that is just being stored elsewhere is
     * waited for.
     *
     * @return the ids of the events that are new
     */
    Set<String> store(List<IncomingEvent> arrivals) {
        var fresh = new HashSet<String>();
        RowCallbackHandler take = row -> fresh.add(row.getString(1));
        jdbc.query(connection -> ingest(connection, arrivals), take);
        return fresh;
    }

    private static PreparedStatement ingest(Connection connection, List<IncomingEvent> arrivals) throws SQLException {
        return new ArrayParameters<>(connection.prepareStatement(INGEST), arrivals)
                .texts(incomingEvent -> incomingEvent.event().tenant().value())
                .texts(incomingEvent -> incomingEvent.event().connectionId())
                .texts(IncomingEvent::deduplicationKey)
                .texts(incomingEvent -> incomingEvent.event().id())
                .texts(incomingEvent -> incomingEvent.event().correlation().value())
                .texts(IncomingEvent::headers)
                .bytes(IncomingEvent::body)
                .texts(incomingEvent ->
                        incomingEvent.event().client().map(ClientId::value).orElse(null))
                .texts(incomingEvent -> incomingEvent.event().type())
                .texts(incomingEvent -> incomingEvent.event().subject())
                .times(incomingEvent -> incomingEvent.event().time())
                .texts(incomingEvent -> incomingEvent.event().dataSchema().orElse(null))
                .texts(incomingEvent -> Json.write(incomingEvent.event().data()))
                .texts(incomingEvent -> incomingEvent.event().person().orElse(null))
                .texts(incomingEvent -> incomingEvent.event().origin().name().toLowerCase(Locale.ROOT))
                .texts(incomingEvent -> Json.write(incomingEvent.routes()))
                .times(incomingEvent -> incomingEvent.event().receivedAt())
                .statement();
    }

    /** The ids that the first telling of this fact was answered with; in the tenant's transaction. */
    EventIngestion.Receipt first(TenantId tenant, String connectionId, String deduplicationKey) {
        return client.sql("""
                        SELECT event_id, correlation_id FROM patchbay.ingress_dedup
                        WHERE tenant_id = :tenant AND connection_id = :connection AND key = :key""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("key", deduplicationKey)
                .query((row, number) ->
                        new EventIngestion.Receipt(row.getString("event_id"), row.getString("correlation_id"), true))
                .single();
    }
}
