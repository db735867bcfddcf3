package dev.patchbay.benchmark.ingest;

import java.io.PrintStream;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.databind.json.JsonMapper;

/** Executes an SQL script in one session and prints each row of its results as a JSON array on a line. */
final class SqlScript {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;

    SqlScript(PrintStream out) {
        this.out = out;
    }

    void execute(String url, String user, String password, String script) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement()) {
            boolean rows = statement.execute(script);
            while (rows || statement.getUpdateCount() >= 0) {
                if (rows) {
                    print(statement.getResultSet());
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private void print(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            var row = new String[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = rows.getString(i + 1);
            }
            out.println(JSON.writeValueAsString(row));
        }
    }
}
