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
    void createRuns() throws SQLException {
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
    void theQueryReturnsEventsWhoseRunOfTheFlowHasEnded() throws IOException, SQLException {
        try (var endedRuns = new EndedRunQuery(url(), "postgres", database.password(), "t", "f")) {
            assertThat(endedRuns.findEnded(List.of("evt_0", "evt_1", "evt_2", "evt_3")))
                    .containsExactly("evt_0");
            assertThat(endedRuns.count()).isEqualTo(1);
            assertThat(ProcessHandle.of(endedRuns.backendPid())).isPresent();
            execute("DROP TABLE patchbay.run");
            assertThatThrownBy(() -> endedRuns.findEnded(List.of("evt_0")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the query for ended runs failed");
        }
    }

    @Test
    void aConnectionSendsItsNextWebhookOnceTheRunOfTheLastHasEnded() throws IOException, SQLException {
        // The second run never ends, so no third request is sent. Each response announces that the connection closes.
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
            assertThat(server.requests()).hasSize(2);
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
