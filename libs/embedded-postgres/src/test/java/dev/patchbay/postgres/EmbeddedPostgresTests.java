package dev.patchbay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.postgres.EmbeddedPostgres.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the launcher with the real binaries, in one directory a test. */
class EmbeddedPostgresTests {
    @TempDir
    Path directory;

    @AfterEach
    void leaveNothingRunning() throws Exception {
        Main.stop(directory);
    }

    @Test
    void theServerIsDurableAndAcceptsLocalPasswordsOnly() throws Exception {
        EmbeddedPostgres server = start();

        assertThat(server.adopted()).isFalse();
        assertThat(server.superuser()).isEqualTo("postgres");
        assertThat(show(server, "fsync")).isEqualTo("on");
        assertThat(show(server, "synchronous_commit")).isEqualTo("on");
        assertThat(show(server, "full_page_writes")).isEqualTo("on");
        assertThat(show(server, "listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(show(server, "password_encryption")).isEqualTo("scram-sha-256");
        assertThat(show(server, "server_version")).startsWith("18.");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void aServerIsAdoptedAfterItsLauncherWasKilled() throws Exception {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LauncherProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(launcher.inputReader().readLine());
        launcher.destroyForcibly().waitFor();

        EmbeddedPostgres server = start();

        assertThat(server.adopted()).isTrue();
        assertThat(server.pid()).isEqualTo(pid);
        assertThat(show(server, "fsync")).isEqualTo("on");
    }

    @Test
    void anOccupiedPortIsReplacedByAFreeOne() throws Exception {
        try (var occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedPostgres server = EmbeddedPostgres.startOrAdopt(settings(occupied.getLocalPort()));

            assertThat(server.port()).isNotEqualTo(occupied.getLocalPort());
            assertThat(show(server, "port")).isEqualTo(Integer.toString(server.port()));
        }
    }

    @Test
    void aStalePidFileOfAnotherProcessIsIgnored() throws Exception {
        EmbeddedPostgres server = start();
        Path pidFile = Postmaster.pidFile(directory.toRealPath().resolve("data"));
        List<String> lines = Files.readAllLines(pidFile);
        server.stop();
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        EmbeddedPostgres next = start();

        assertThat(next.adopted()).isFalse();
        assertThat(show(next, "fsync")).isEqualTo("on");
    }

    @Test
    void committedRowsSurviveAKilledServer() throws Exception {
        EmbeddedPostgres server = start();
        execute(server, "create table kept (n int)");
        execute(server, "insert into kept select generate_series(1, 1000)");
        // While a client is connected, children outlive the postmaster for a moment and hold its shared memory.
        try (var client = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", server.password())) {
            assertThat(client.isValid(1)).isTrue();
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
            await().until(() -> ProcessHandle.of(server.pid()).isEmpty());

            EmbeddedPostgres next = start();

            assertThat(next.adopted()).isFalse();
            assertThat(query(next, "select count(*) from kept")).isEqualTo("1000");
        }
    }

    @Test
    void theServerRecoversFromAKilledBackend() throws Exception {
        EmbeddedPostgres server = start();
        try (var client = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", server.password());
                var statement = client.createStatement()) {
            var row = statement.executeQuery("select pg_backend_pid()");
            row.next();
            ProcessHandle.of(row.getLong(1)).orElseThrow().destroyForcibly();
        }

        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(show(start(), "fsync")).isEqualTo("on"));
        assertThat(start().pid()).isEqualTo(server.pid());
    }

    @Test
    void twoConcurrentLaunchersShareOneServer() throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<EmbeddedPostgres> starting = this::start;
            var first = pool.submit(starting);
            var second = pool.submit(starting);

            assertThat(first.get().pid()).isEqualTo(second.get().pid());
            assertThat(first.get().adopted()).isNotEqualTo(second.get().adopted());
        }
    }

    @Test
    void passwordAndDataSurviveARestart() throws Exception {
        EmbeddedPostgres server = start();
        execute(server, "create database shop");
        server.stop();
        server.stop();

        EmbeddedPostgres next = start();

        assertThat(next.password()).isEqualTo(server.password());
        assertThat(query(next, "select count(*) from pg_database where datname = 'shop'"))
                .isEqualTo("1");
    }

    @Test
    void postgres15RunsFromAnotherArchive() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.startOrAdopt(settings(0), Path.of("target", "postgres-15.jar"));

        assertThat(show(server, "server_version")).startsWith("15.");
        assertThat(show(server, "fsync")).isEqualTo("on");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.startOrAdopt(settings(0));
    }

    private Settings settings(int port) {
        return new Settings(directory, port, Duration.ofSeconds(60));
    }

    private static String show(EmbeddedPostgres server, String setting) throws SQLException {
        return query(server, "show " + setting);
    }

    private static String query(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", server.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A launcher that the test kills: prints the server's pid, then waits. */
    static final class LauncherProcess {
        public static void main(String[] arguments) throws Exception {
            var settings = new Settings(Path.of(arguments[0]), 0, Duration.ofSeconds(60));
            System.out.println(EmbeddedPostgres.startOrAdopt(settings).pid());
            Thread.currentThread().join();
        }
    }
}
