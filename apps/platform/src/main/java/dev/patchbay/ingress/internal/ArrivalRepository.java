package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes arrivals of many tenants in one statement, through the door {@code patchbay.ingest}. */
@Repository
class ArrivalRepository {

    private static final String INGEST = "SELECT patchbay.ingest(" + "?, ".repeat(16) + "?)";

    private final JdbcOperations jdbc;
    private final JdbcClient client;

    ArrivalRepository(JdbcOperations jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    /**
     * Stores each arrival whose key is not taken; a delivery of the same fact that is just being stored elsewhere is
     * waited for.
     *
     * @return the ids of the events that are new
     */
    Set<String> store(List<Arrival> arrivals) {
        var fresh = new HashSet<String>();
        RowCallbackHandler take = row -> fresh.add(row.getString(1));
        jdbc.query(connection -> ingest(connection, arrivals), take);
        return fresh;
    }

    private static PreparedStatement ingest(Connection connection, List<Arrival> arrivals) throws SQLException {
        var columns = new Columns(connection.prepareStatement(INGEST), arrivals);
        columns.texts(arrival -> arrival.event().tenant().value());
        columns.texts(arrival -> arrival.event().connectionId());
        columns.texts(Arrival::deduplicationKey);
        columns.texts(arrival -> arrival.event().id());
        columns.texts(arrival -> arrival.event().correlation().value());
        columns.texts(Arrival::headers);
        columns.array("bytea", Arrival::sealedBody);
        columns.array(
                "text", arrival -> arrival.event().client().map(ClientId::value).orElse(null));
        columns.texts(arrival -> arrival.event().type());
        columns.texts(arrival -> arrival.event().subject());
        columns.times(Event::time);
        columns.array("text", arrival -> arrival.event().dataSchema().orElse(null));
        columns.texts(arrival -> Json.write(arrival.event().data()));
        columns.array("text", arrival -> arrival.event().person().orElse(null));
        columns.texts(arrival -> arrival.event().origin().name().toLowerCase(Locale.ROOT));
        columns.texts(arrival -> Json.write(arrival.routes()));
        columns.times(Event::receivedAt);
        return columns.statement;
    }

    /** The parameters of a statement, each an array with one element an arrival. */
    private static final class Columns {
        private final PreparedStatement statement;
        private final List<Arrival> arrivals;
        private int column;

        Columns(PreparedStatement statement, List<Arrival> arrivals) {
            this.statement = statement;
            this.arrivals = arrivals;
        }

        void texts(Function<Arrival, String> value) throws SQLException {
            array("text", value);
        }

        void times(Function<Event, Instant> value) throws SQLException {
            array("timestamptz", arrival -> value.apply(arrival.event()).toString());
        }

        void array(String type, Function<Arrival, ? extends @Nullable Object> value) throws SQLException {
            Object[] values = type.equals("bytea") ? new byte[arrivals.size()][] : new String[arrivals.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(arrivals.get(i));
            }
            statement.setArray(++column, statement.getConnection().createArrayOf(type, values));
        }
    }

    /** The ids that the first telling of this fact was answered with; in the tenant's transaction. */
    Intake.Receipt first(TenantId tenant, String connectionId, String deduplicationKey) {
        return client.sql("""
                        SELECT event_id, correlation_id FROM patchbay.ingress_dedup
                        WHERE tenant_id = :tenant AND connection_id = :connection AND key = :key""")
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .param("key", deduplicationKey)
                .query((row, number) ->
                        new Intake.Receipt(row.getString("event_id"), row.getString("correlation_id"), true))
                .single();
    }
}
