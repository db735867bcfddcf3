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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The database cluster of one directory: creates, starts and adopts its server. The caller holds the directory's lock. */
final class Cluster {
    /**
     * A running server of the cluster.
     *
     * @param adopted whether it ran before
     */
    record Server(Postmaster postmaster, String password, boolean adopted) {}

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_LOG_LINES = 25;

    /** In the log when the children of a killed postmaster still hold its shared memory; they end a moment later. */
    private static final String SHARED_MEMORY_IN_USE = "is still in use";

    /** In the log when a server, started by a launcher that was killed since, has just written its pid file. */
    private static final String PID_FILE_EXISTS = "\"postmaster.pid\" already exists";

    private final Path directory;
    private final Path data;
    private final Path passwordFile;
    private final Path log;
    private final long deadline;
    private final Duration timeout;
    private final ServerUser user;

    Cluster(Path directory, Duration timeout) {
        this(directory, timeout, ServerUser.choose());
    }

    Cluster(Path directory, Duration timeout, ServerUser user) {
        this.directory = directory;
        this.data = directory.resolve("data");
        this.passwordFile = directory.resolve("password");
        this.log = directory.resolve("server.log");
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.user = user;
    }

    /** Finds the live server of this directory; waits while it is starting, recovering or stopping. */
    Optional<Postmaster> findRunning() throws IOException {
        Optional<Postmaster> found = Postmaster.read(data);
        if (found.isEmpty() || !found.get().isAlive()) {
            return Optional.empty();
        }
        Postmaster postmaster = found.get();
        if (!postmaster.serves(data)) {
            // After a crash another process got this pid. PostgreSQL would refuse to start while the file names it.
            Files.delete(Postmaster.pidFile(data));
            return Optional.empty();
        }
        waitUntil(() -> postmaster.acceptsConnections() || !postmaster.isAlive(), postmaster);
        return Optional.of(postmaster).filter(Postmaster::isAlive);
    }

    /** Adopts the running server, or starts one; waits while a previous server is still shutting down. */
    Server startOrAdopt(BinaryArchive archive, int preferredPort) throws IOException {
        while (true) {
            Optional<Postmaster> running = findRunning();
            if (running.isPresent()) {
                return new Server(running.get(), readPassword(), true);
            }
            Binaries binaries = Binaries.unpack(archive, Files.createDirectories(directory.resolve("binaries")));
            if (!Files.exists(data)) {
                initialise(binaries);
            }
            int port = findFreePort(preferredPort);
            Process process = launch(binaries, port);
            if (becomesReady(process, port)) {
                return new Server(new Postmaster(process.pid(), port), readPassword(), false);
            }
            if (isTimedOut() || Stream.of(SHARED_MEMORY_IN_USE, PID_FILE_EXISTS).noneMatch(logTail()::contains)) {
                throw new EmbeddedPostgresFailure("PostgreSQL ended with status " + process.exitValue()
                        + " while starting on port " + port + ". The last lines of its log:\n" + logTail());
            }
            pause();
        }
    }

    String readPassword() throws IOException {
        if (!Files.exists(passwordFile)) {
            throw new EmbeddedPostgresFailure("The database in " + data + " exists, but its password file "
                    + passwordFile + " is missing. Restore that file, or delete the database with \"./dev reset\".");
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
        user.takeOwnership(directory);
        Path temporary = directory.resolve("initialising");
        Binaries.delete(temporary);
        Commands.Result initdb = Commands.run(user.wrap(List.of(
                binaries.program("initdb"),
                "--pgdata=" + temporary,
                "--username=" + Postmaster.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8")));
        if (!initdb.succeeded()) {
            throw new EmbeddedPostgresFailure("initdb could not create " + data + " (status " + initdb.status()
                    + "). Its output:\n" + initdb.output());
        }
        // Only a complete cluster gets this name, so initialisation starts over after a crash.
        Files.move(temporary, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts the server in a session of its own, so that neither Ctrl-C nor the end of this process stops it. */
    private Process launch(Binaries binaries, int port) throws IOException {
        List<String> server = user.wrap(List.of(
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
                // Explicit, so that no edited postgresql.conf makes commits less durable.
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                // WAL files are recycled and checkpoints are rare, because creating files and checkpoints both delay
                // commits.
                "-c",
                "min_wal_size=512MB",
                "-c",
                "max_wal_size=2GB"));
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.addAll(server);
        return Commands.launch(command, log);
    }

    /** Waits for the server. Returns true when it accepts connections, false when it ended before. */
    private boolean becomesReady(Process process, int port) {
        var postmaster = new Postmaster(process.pid(), port);
        waitUntil(() -> !process.isAlive() || postmaster.acceptsConnections(), postmaster);
        return process.isAlive();
    }

    private void waitUntil(BooleanSupplier condition, Postmaster postmaster) {
        while (!condition.getAsBoolean()) {
            if (isTimedOut()) {
                throw new EmbeddedPostgresFailure("PostgreSQL (pid " + postmaster.pid() + ", port " + postmaster.port()
                        + ") accepts no connections after " + timeout.toSeconds()
                        + " s. It may still be recovering: try again, or see " + log
                        + ". Its last lines:\n" + logTail());
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
