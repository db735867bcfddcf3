package dev.patchbay.postgres;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The files of one server and how it is brought to life. The caller holds the directory's lock. */
final class Cluster {
    static final String SUPERUSER = "postgres";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_LOG_LINES = 25;

    /** A postmaster that was killed leaves children that hold its shared memory until they notice, a moment later. */
    private static final String SHARED_MEMORY_IN_USE = "is still in use";

    /** A launcher that was killed leaves a server that is just writing its pid file: the next look will find it. */
    private static final String PID_FILE_EXISTS = "\"postmaster.pid\" already exists";

    private final Path directory;
    private final Path data;
    private final Path passwordFile;
    private final Path log;
    private final long deadline;
    private final Duration timeout;
    private final ServerUser serverUser;

    Cluster(Path directory, Duration timeout) {
        this(directory, timeout, ServerUser.choose());
    }

    Cluster(Path directory, Duration timeout, ServerUser serverUser) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.passwordFile = directory.resolve("password");
        this.log = directory.resolve("server.log");
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.serverUser = serverUser;
    }

    /** The live server of this directory, waited for if it is just starting, recovering or stopping. */
    Optional<Postmaster> findRunning() throws IOException {
        Optional<Postmaster> found = Postmaster.read(data);
        if (found.isEmpty() || !found.get().isAlive()) {
            return Optional.empty();
        }
        Postmaster postmaster = found.get();
        if (!postmaster.serves(data)) {
            // The number was given to another process since the crash; PostgreSQL would refuse to start beside it.
            Files.delete(Postmaster.pidFile(data));
            return Optional.empty();
        }
        waitUntil(() -> postmaster.acceptsConnections() || !postmaster.isAlive(), postmaster);
        return Optional.of(postmaster).filter(Postmaster::isAlive);
    }

    /** What runs is adopted; otherwise a server is started, after one that is still going down if need be. */
    EmbeddedPostgres startOrAdopt(BinaryArchive binaryArchive, int preferredPort) throws IOException {
        while (true) {
            Optional<Postmaster> running = findRunning();
            if (running.isPresent()) {
                return new EmbeddedPostgres(running.get(), readPassword(), true);
            }
            Binaries binaries = Binaries.unpack(binaryArchive, Files.createDirectories(directory.resolve("binaries")));
            if (!Files.exists(data)) {
                initialise(binaries);
            }
            int port = findFreePort(preferredPort);
            Process process = launch(binaries, port);
            if (becomesReady(process, port)) {
                return new EmbeddedPostgres(new Postmaster(process.pid(), port), readPassword(), false);
            }
            if (isTimedOut() || Stream.of(SHARED_MEMORY_IN_USE, PID_FILE_EXISTS).noneMatch(logTail()::contains)) {
                throw new EmbeddedPostgresFailure("PostgreSQL ended with status " + process.exitValue()
                        + " while starting on port " + port + ". What its log says last:\n" + logTail());
            }
            pause();
        }
    }

    String readPassword() throws IOException {
        if (!Files.exists(passwordFile)) {
            throw new EmbeddedPostgresFailure("The database in " + data + " is there, but not its password, "
                    + passwordFile + ". Restore that file, or delete the directory to begin anew (\"./dev reset\").");
        }
        return Files.readString(passwordFile).strip();
    }

    private void initialise(Binaries binaries) throws IOException {
        var secret = new byte[24];
        RANDOM.nextBytes(secret);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(secret) + "\n", StandardCharsets.US_ASCII);
        serverUser.takeOwnership(directory);
        Path temporary = directory.resolve("initialising");
        Binaries.delete(temporary);
        Commands.Result initdb = Commands.run(serverUser.wrap(List.of(
                binaries.program("initdb"),
                "--pgdata=" + temporary,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8")));
        if (!initdb.succeeded()) {
            throw new EmbeddedPostgresFailure("initdb could not create " + data + " (status " + initdb.status()
                    + "). What it said:\n" + initdb.output());
        }
        // Only a finished cluster gets the name: a crash half way is started over.
        Files.move(temporary, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** In a session of its own, so that Ctrl-C in our terminal and the end of our process do not reach it. */
    private Process launch(Binaries binaries, int port) throws IOException {
        List<String> server = serverUser.wrap(List.of(
                binaries.program("postgres"),
                "-D",
                data.toString(),
                "-c",
                "port=" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "password_encryption=scram-sha-256",
                // Said aloud, so that no edited postgresql.conf turns an accepted webhook into a lost one.
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                // Log files are written over instead of made anew, and checkpoints are far apart: both hold up commits.
                "-c",
                "min_wal_size=512MB",
                "-c",
                "max_wal_size=2GB"));
        return Commands.launch(new ServerUser(List.of("setsid"), false).wrap(server), log);
    }

    /** True once it answers, false when it ended before. */
    private boolean becomesReady(Process process, int port) {
        var postmaster = new Postmaster(process.pid(), port);
        waitUntil(() -> !process.isAlive() || postmaster.acceptsConnections(), postmaster);
        return process.isAlive();
    }

    private void waitUntil(BooleanSupplier condition, Postmaster postmaster) {
        while (!condition.getAsBoolean()) {
            if (isTimedOut()) {
                throw new EmbeddedPostgresFailure("PostgreSQL (pid " + postmaster.pid() + ", port " + postmaster.port()
                        + ") accepts no connection after " + timeout.toSeconds()
                        + " s. It may still be recovering: try again, or look at " + log
                        + ". What it says last:\n" + logTail());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresFailure("Interrupted while waiting for PostgreSQL", e);
        }
    }

    private boolean isTimedOut() {
        return System.nanoTime() - deadline > 0;
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private static int findFreePort(int preferred) throws IOException {
        try (var socket = ServerSocketChannel.open()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), preferred));
            return socket.socket().getLocalPort();
        } catch (BindException inUse) {
            return findFreePort(0);
        }
    }
}
