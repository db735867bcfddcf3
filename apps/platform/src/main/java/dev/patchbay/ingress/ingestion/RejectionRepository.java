package dev.patchbay.ingress.ingestion;

import dev.patchbay.ingress.ingestion.Rejections.Kind;
import dev.patchbay.ingress.ingestion.Rejections.Tally;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.ArrayParameters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code ingress_rejection}: written through a definer function, read by each tenant for itself. */
@Repository
class RejectionRepository {

    private final JdbcOperations jdbc;
    private final JdbcClient client;

    RejectionRepository(JdbcOperations jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    /** Adds the tallies to the rows of their kinds. */
    boolean add(List<Map.Entry<Kind, Tally>> tallies) {
        PreparedStatementCallback<Boolean> execute = PreparedStatement::execute;
        return Boolean.TRUE.equals(jdbc.execute(connection -> prepare(connection, tallies), execute));
    }

    private static PreparedStatement prepare(Connection connection, List<Map.Entry<Kind, Tally>> tallies)
            throws SQLException {
        return new ArrayParameters<>(
                        connection.prepareStatement("SELECT patchbay.add_rejections(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                        tallies)
                .texts(entry -> entry.getKey().tenant())
                .times(entry -> entry.getKey().minute())
                .texts(entry -> entry.getKey().provider())
                .texts(entry -> entry.getKey().connection())
                .texts(entry -> entry.getKey().reason().code())
                .texts(entry -> entry.getKey().address())
                .bytes(entry -> entry.getValue().digest())
                .numbers(entry -> entry.getValue().count())
                .times(entry -> entry.getValue().last())
                .statement();
    }

    /** Rejections at the tenant's own addresses, latest first; in the tenant's transaction. */
    List<Rejection> list(TenantId tenant, int limit) {
        return client.sql("""
                        SELECT * FROM patchbay.ingress_rejection WHERE tenant_id = :tenant
                        ORDER BY minute DESC, count DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("limit", limit)
                .query((row, number) -> rejection(row))
                .list();
    }

    /** Rejections at unknown addresses, latest first; through a definer function. */
    List<Rejection> listUnaddressed(int limit) {
        return client.sql("SELECT * FROM patchbay.unaddressed_rejections(:limit)")
                .param("limit", limit)
                .query((row, number) -> rejection(row))
                .list();
    }

    private static Rejection rejection(ResultSet row) throws SQLException {
        return new Rejection(
                row.getObject("minute", OffsetDateTime.class).toInstant(),
                row.getString("provider"),
                row.getString("connection_id"),
                row.getString("reason"),
                row.getString("address"),
                HexFormat.of().formatHex(row.getBytes("digest")),
                row.getLong("count"),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }
}
