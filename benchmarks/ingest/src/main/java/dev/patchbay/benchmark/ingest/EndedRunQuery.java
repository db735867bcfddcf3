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
 * Sees in the database which runs have ended. It has a session of its own, whose process is known: what its questions
 * cost PostgreSQL can be taken off.
 */
final class EndedRunQuery implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement question;
    private final int process;
    private int questions;

    EndedRunQuery(String url, String user, String password, String tenant, String flow) throws SQLException {
        this.connection = DriverManager.getConnection(url, user, password);
        try (var tenancy =
                connection.prepareStatement("SELECT set_config('patchbay.tenant', ?, false), pg_backend_pid()")) {
            tenancy.setString(1, tenant);
            try (var row = tenancy.executeQuery()) {
                row.next();
                this.process = row.getInt(2);
            }
        }
        this.question = connection.prepareStatement("""
                SELECT event_id FROM patchbay.run
                WHERE tenant_id = ? AND flow_id = ? AND event_id = ANY (?) AND ended_at IS NOT NULL""");
        question.setString(1, tenant);
        question.setString(2, flow);
    }

    /** The PostgreSQL process that answers. */
    int process() {
        return process;
    }

    /** How often it was asked; each time is a transaction. */
    int questions() {
        return questions;
    }

    /** Those of the events whose run has ended. */
    List<String> among(Collection<String> events) throws IOException {
        questions++;
        try {
            question.setArray(3, connection.createArrayOf("text", events.toArray()));
            List<String> ended = new ArrayList<>();
            try (var rows = question.executeQuery()) {
                while (rows.next()) {
                    ended.add(rows.getString(1));
                }
            }
            return ended;
        } catch (SQLException failed) {
            throw new IOException("the database does not say which runs have ended", failed);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
