package dev.patchbay.benchmark.ingest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Queries the database for runs that have ended. It uses a session of its own, whose backend pid is known, so that the benchmark can
 * subtract the processor time of these queries.
 */
final class EndedRunQuery implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement statement;
    private final int backendPid;
    private int count;

    EndedRunQuery(String url, String user, String password, String tenant, String flow) throws SQLException {
        this.connection = DriverManager.getConnection(url, user, password);
        try (var tenancy =
                connection.prepareStatement("SELECT set_config('patchbay.tenant', ?, false), pg_backend_pid()")) {
            tenancy.setString(1, tenant);
            try (var row = tenancy.executeQuery()) {
                row.next();
                this.backendPid = row.getInt(2);
            }
        }
        this.statement = connection.prepareStatement("""
                SELECT event_id FROM patchbay.run
                WHERE tenant_id = ? AND flow_id = ? AND event_id = ANY (?) AND ended_at IS NOT NULL""");
        statement.setString(1, tenant);
        statement.setString(2, flow);
    }

    /** The pid of the PostgreSQL backend that runs the queries. */
    int backendPid() {
        return backendPid;
    }

    /** The number of queries; each is a transaction. */
    int count() {
        return count;
    }

    /** The events, of those given, whose run has ended. */
    List<String> findEnded(Collection<String> events) throws IOException {
        count++;
        try {
            statement.setArray(3, connection.createArrayOf("text", events.toArray()));
            List<String> ended = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ended.add(rows.getString(1));
                }
            }
            return ended;
        } catch (SQLException failed) {
            throw new IOException("the query for ended runs failed", failed);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
