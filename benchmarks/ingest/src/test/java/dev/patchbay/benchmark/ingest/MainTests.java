package dev.patchbay.benchmark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.postgres.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTests {

    @TempDir
    Path folder;

    @Test
    void loadPrintsItsStatistics() throws IOException, SQLException {
        try (var server = new StubServer(StubServer::accepted)) {
            String target = "http://127.0.0.1:" + server.address().getPort() + "/ingress/retell/";
            String out = run(
                    "",
                    Map.of("PATCHBAY_BENCH_SECRET", "key"),
                    "load --targets %s,%s --agent agent_1 --prefix m1x --connections 2 --lead-in 0 --seconds 1 --most 20 --answers %s"
                            .formatted(target + "a", target + "b", folder.resolve("answers")));
            assertThat(out).startsWith("open\nclosed\n{").contains("\"measured\":20", "\"statuses\":{\"202\":20}");
            assertThat(server.requests())
                    .filteredOn(request -> request.head().startsWith("POST /ingress/retell/b "))
                    .hasSize(10);
        }
        assertThat(Files.readAllLines(folder.resolve("answers"))).hasSize(20);
    }

    @Test
    void sqlPrintsTheRowsOfAScript() throws IOException, SQLException {
        var database = EmbeddedPostgres.startOrAdopt(
                new EmbeddedPostgres.Settings(folder.resolve("postgres"), 0, Duration.ofSeconds(60)));
        try {
            String out = run(
                    "CREATE TABLE seen (n int, word text); INSERT INTO seen VALUES (1, 'a\"b'), (2, NULL); SELECT * FROM seen; SELECT 3;",
                    Map.of("PATCHBAY_BENCH_DB_PASSWORD", database.password()),
                    "sql --url " + database.jdbcUrl("postgres") + " --user " + database.superuser());
            assertThat(out).isEqualTo("[\"1\",\"a\\\"b\"]\n[\"2\",null]\n[\"3\"]\n");
        } finally {
            database.stop();
        }
    }

    @Test
    void invalidArgumentsAreExplained() {
        assertThatThrownBy(() -> run("", Map.of(), "")).hasMessage("The first argument must be load or sql");
        assertThatThrownBy(() -> run("", Map.of(), "dance"))
                .hasMessage("The first argument must be load or sql, not dance");
        assertThatThrownBy(() -> run("", Map.of(), "load --targets")).hasMessageContaining("pairs");
        assertThatThrownBy(() -> run("", Map.of(), "load targets x")).hasMessageContaining("two dashes: targets");
        assertThatThrownBy(() -> Main.main(new String[] {"sql"})).hasMessage("--url is missing");
    }

    @Test
    void aBodyHasAMinimumLength() {
        assertThatThrownBy(
                        () -> new RetellWebhook(URI.create("http://127.0.0.1:1/x"), "key", "call_ended", "agent", 100))
                .hasMessageMatching("--bytes must be at least 2[0-9]{3}");
    }

    private static String run(String input, Map<String, String> environment, String words)
            throws IOException, SQLException {
        var out = new ByteArrayOutputStream();
        new Main(
                        environment,
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8))
                .run(words.isEmpty() ? List.of() : List.of(words.split(" ", -1)));
        return out.toString(StandardCharsets.UTF_8);
    }
}
