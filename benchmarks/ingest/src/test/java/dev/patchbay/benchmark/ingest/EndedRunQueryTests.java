package dev.patchbay.benchmark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.postgres.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedRunQueryTests {

    @TempDir
    Path folder;

    private EmbeddedPostgres database;

    @BeforeEach
    void aTableOfRuns() throws SQLException {
        database = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(folder.resolve("postgres"), 0, Duration.ofSeconds(60)));
        execute("""
                CREATE SCHEMA patchbay;
                CREATE TABLE patchbay.run (tenant_id text, flow_id text, event_id text, ended_at timestamptz);
                INSERT INTO patchbay.run VALUES ('t', 'f', 'evt_0', now()), ('t', 'f', 'evt_1', NULL),
                  ('t', 'other', 'evt_2', now()), ('u', 'f', 'evt_2', now())""");
    }

    @AfterEach
    void stop() {
        database.stop();
    }

    @Test
    void namesTheEventsWhoseRunOfThatFlowHasEnded() throws IOException, SQLException {
        try (var endedRunQuery = new EndedRunQuery(url(), "postgres", database.password(), "t", "f")) {
            assertThat(endedRunQuery.among(List.of("evt_0", "evt_1", "evt_2", "evt_3")))
                    .containsExactly("evt_0");
            assertThat(endedRunQuery.questions()).isEqualTo(1);
            assertThat(ProcessHandle.of(endedRunQuery.process())).isPresent();
            execute("DROP TABLE patchbay.run");
            assertThatThrownBy(() -> endedRunQuery.among(List.of("evt_0")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the database does not say which runs have ended");
        }
    }

    @Test
    void aConnectionTellsItsNextWebhookWhenTheRunOfItsLastHasEnded() throws IOException, SQLException {
        // The second run never ends; the answer after it says that the connection closes.
        try (var server = new StubServer(
                number -> StubServer.accepted(number).replace("\r\nContent", "\r\nConnection: close\r\nContent"))) {
            var out = new ByteArrayOutputStream();
            new Main(
                            Map.of("PATCHBAY_BENCH_SECRET", "key", "PATCHBAY_BENCH_DB_PASSWORD", database.password()),
                            new ByteArrayInputStream(new byte[0]),
                            new PrintStream(out, true, StandardCharsets.UTF_8))
                    .run(List.of(
                            ("load --targets http://127.0.0.1:%d/ingress/retell/a --agent agent_1 --prefix r1x --connections 1"
                                            + " --lead-in 0 --seconds 1 --grace 1 --answers %s --url %s --user postgres --tenant t --flow f")
                                    .formatted(server.address().getPort(), folder.resolve("answers"), url())
                                    .split(" ", -1)));
            assertThat(server.heard()).hasSize(2);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .matches("(?s)follower [0-9]+\nopen\nclosed\nquestions [0-9]+\n\\{.*\\}\n");
        }
        assertThat(Files.readAllLines(folder.resolve("answers"))).hasSize(2);
    }

    private String url() {
        return database.jdbcUrl("postgres");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), "postgres", database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
