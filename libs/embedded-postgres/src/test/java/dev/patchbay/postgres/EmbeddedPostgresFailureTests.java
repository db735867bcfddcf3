package dev.patchbay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.postgres.EmbeddedPostgres.Settings;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The messages that an operator reads when the server cannot start or stop. */
class EmbeddedPostgresFailureTests {
    @TempDir
    Path directory;

    @AfterEach
    void leaveNothingRunning() throws Exception {
        Main.stop(directory);
    }

    @Test
    void aFailedStartShowsTheLastLinesOfTheLog() throws Exception {
        start().stop();
        Files.writeString(directory.resolve("data/postgresql.conf"), "no_such_setting = 1\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("ended with status")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void aMissingPasswordFileIsNamed() throws Exception {
        start();
        Files.delete(directory.resolve("password"));

        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("password")
                .hasMessageContaining("./dev reset");
    }

    @Test
    void aStartTimeoutNamesThePid() throws Exception {
        Path data = Files.createDirectory(directory.toRealPath().resolve("data"));
        Process silent =
                new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
        try {
            Files.writeString(
                    data.resolve("postmaster.pid"), silent.pid() + "\n" + data + "\n0\n1\n", StandardCharsets.US_ASCII);

            assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(new Settings(directory, 0, Duration.ofMillis(300))))
                    .isInstanceOf(EmbeddedPostgresFailure.class)
                    .hasMessageContaining("pid " + silent.pid())
                    .hasMessageContaining("no log");
        } finally {
            silent.destroyForcibly().waitFor();
        }
    }

    @Test
    void anArchiveWithAnEntryOutsideItsRootIsRejected() throws Exception {
        Path archive = directory.resolve("evil.txz");
        try (OutputStream file = Files.newOutputStream(archive);
                var tar = new TarArchiveOutputStream(new XZOutputStream(file, new LZMA2Options(0)))) {
            tar.putArchiveEntry(new TarArchiveEntry("../outside"));
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(settings(), archive))
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("an entry outside its root");
        assertThat(directory.resolve("binaries/outside")).doesNotExist();
    }

    @Test
    void aJarWithoutBinariesIsNamed() throws Exception {
        Path jar = directory.resolve("other.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
            zip.closeEntry();
        }

        assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(settings(), jar))
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("other.jar holds no postgres-linux-x86_64.txz");
    }

    @Test
    void aFailedInitdbIsReported() throws Exception {
        Path archive = directory.resolve("empty.txz");
        try (OutputStream file = Files.newOutputStream(archive);
                var tar = new TarArchiveOutputStream(new XZOutputStream(file, new LZMA2Options(0)))) {
            tar.putArchiveEntry(new TarArchiveEntry("bin/"));
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(settings(), archive))
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining("initdb could not create");
    }

    @Test
    void aDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(new Settings(file, 0, Duration.ofSeconds(1))))
                .isInstanceOf(EmbeddedPostgresFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aStopTimeoutNamesThePid() throws Exception {
        Process stubborn = new ProcessBuilder("sh", "-c", "trap '' INT; echo ready; sleep 60").start();
        try {
            assertThat(stubborn.inputReader().readLine()).isEqualTo("ready");
            assertThatThrownBy(() -> new Postmaster(stubborn.pid(), 1).stop(Duration.ofMillis(200)))
                    .isInstanceOf(EmbeddedPostgresFailure.class)
                    .hasMessageContaining("kill -QUIT " + stubborn.pid());
        } finally {
            stubborn.destroyForcibly().waitFor();
        }
    }

    @Test
    void anInterruptedStartOrStopIsReported() throws Exception {
        EmbeddedPostgres server = start();
        Thread.currentThread().interrupt();
        assertThatThrownBy(server::stop).hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> ProcessHandle.of(server.pid()).isEmpty());

        var cluster = new Cluster(directory.toRealPath(), Duration.ofSeconds(60), ServerUser.choose());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> cluster.startOrAdopt(BinaryArchive.onClassPath(), 0))
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
        // The server continues to start after the interruption, and is adopted.
        assertThat(start().adopted()).isTrue();
    }

    @Test
    void aMissingProgramHasStatus127() {
        assertThat(Commands.run(List.of("no-such-program")).status()).isEqualTo(127);
    }

    @Test
    void filesOfAnInterruptedStartAreDeleted() throws Exception {
        Files.createDirectories(directory.resolve("binaries/unpacking/bin"));
        Files.createFile(
                Files.createDirectories(directory.resolve("initialising")).resolve("PG_VERSION"));

        assertThat(start().adopted()).isFalse();
        assertThat(directory.resolve("initialising")).doesNotExist();
        assertThat(directory.resolve("binaries/unpacking")).doesNotExist();
    }

    @Test
    void aStartWaitsForTheChildrenOfAKilledServer() throws Exception {
        EmbeddedPostgres server = start();
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        // A stopped child cannot notice that its parent died, and keeps the shared memory.
        ProcessHandle child = postmaster.children().findFirst().orElseThrow();
        signal("STOP", child);
        postmaster.destroyForcibly();
        await().until(() -> !postmaster.isAlive());
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(new Settings(directory, 0, Duration.ofMillis(500))))
                    .isInstanceOf(EmbeddedPostgresFailure.class)
                    .hasMessageContaining("still in use");
        } finally {
            signal("CONT", child);
        }
        assertThat(start().pid()).isNotEqualTo(server.pid());
    }

    private static void signal(String name, ProcessHandle process) {
        assertThat(Commands.run(List.of("sh", "-c", "kill -" + name + " " + process.pid()))
                        .succeeded())
                .isTrue();
    }

    @Test
    void anIncompletePidFileIsIgnored() throws Exception {
        Files.writeString(directory.resolve("postmaster.pid"), "1\n/data\n");
        assertThat(Postmaster.read(directory)).isEmpty();
        Files.writeString(directory.resolve("postmaster.pid"), "1\n/data\n0\n\n");
        assertThat(Postmaster.read(directory)).isEmpty();
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.startOrAdopt(settings());
    }

    private Settings settings() {
        return new Settings(directory, 0, Duration.ofSeconds(60));
    }
}
