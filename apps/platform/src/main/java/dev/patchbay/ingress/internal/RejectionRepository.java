package dev.patchbay.ingress.internal;

import dev.patchbay.ingress.internal.Rejections.Kind;
import dev.patchbay.ingress.internal.Rejections.Tally;
import dev.patchbay.kernel.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code ingress_rejection}: written through a door, read by each tenant for itself. */
@Repository
public class RejectionRepository {

    private final JdbcOperations jdbc;
    private final JdbcClient client;

    RejectionRepository(JdbcOperations jdbc, JdbcClient client) {
        this.jdbc = jdbc;
        this.client = client;
    }

    /**
     * Refused requests of one kind within a minute.
     *
     * @param reason the code they were answered with
     * @param address the IP address they came from, or {@code elsewhere}
     * @param digest SHA-256 of the last one's body, hex
     */
    public record Rejection(
            Instant minute,
            String provider,
            String connectionId,
            String reason,
            String address,
            String digest,
            long count,
            Instant lastAt) {}

    boolean keep(List<Map.Entry<Kind, Tally>> tallies) {
        PreparedStatementCallback<Boolean> execute = PreparedStatement::execute;
        return Boolean.TRUE.equals(jdbc.execute(connection -> statement(connection, tallies), execute));
    }

    private static PreparedStatement statement(Connection connection, List<Map.Entry<Kind, Tally>> tallies)
            throws SQLException {
        return new ArrayParameters<>(
                        connection.prepareStatement("SELECT patchbay.keep_rejections(?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                        tallies)
                .texts(entry -> entry.getKey().tenant())
                .times(entry -> entry.getKey().minute())
                .texts(entry -> entry.getKey().provider())
                .texts(entry -> entry.getKey().connection())
                .texts(entry -> entry.getKey().reason())
                .texts(entry -> entry.getKey().address())
                .bytes(entry -> entry.getValue().digest())
                .numbers(entry -> entry.getValue().count())
                .times(entry -> entry.getValue().last())
                .statement();
    }

    /** Those of the tenant's own addresses, latest first; in the tenant's transaction. */
    public List<Rejection> list(TenantId tenant, int most) {
        return client.sql("""
                        SELECT * FROM patchbay.ingress_rejection WHERE tenant_id = :tenant
                        ORDER BY minute DESC, count DESC LIMIT :most""")
                .param("tenant", tenant.value())
                .param("most", most)
                .query((row, number) -> rejection(row))
                .list();
    }

    /** Those of addresses that are nobody's; through a door. */
    public List<Rejection> unaddressed(int most) {
        return client.sql("SELECT * FROM patchbay.unaddressed_rejections(:most)")
                .param("most", most)
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
