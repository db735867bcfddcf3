package dev.patchbay.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The server's main process, as {@code postmaster.pid} describes it: its pid in line 1, its port in line 4. */
record Postmaster(long pid, int port) {
    /** The role that initdb creates. */
    static final String SUPERUSER = "postgres";

    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    /** A protocol 3.0 startup message: length, version, user, end. */
    private static final byte[] STARTUP_MESSAGE = startupMessage();

    static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Reads the pid file, if it exists and is complete. The process need not be alive: see {@link #isAlive}. */
    static Optional<Postmaster> read(Path data) throws IOException {
        if (!Files.exists(pidFile(data))) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile(data));
        return lines.size() < 4 || lines.get(3).isBlank()
                ? Optional.empty()
                : Optional.of(new Postmaster(
                        Long.parseLong(lines.get(0).strip()),
                        Integer.parseInt(lines.get(3).strip())));
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).isPresent();
    }

    /**
     * Whether the process with this pid is the server of this directory, and not another process that got the same pid later. A
     * postmaster's working directory is its data directory.
     */
    boolean serves(Path data) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"))
                    .equals(data);
        } catch (IOException gone) {
            return false;
        }
    }

    /** Like pg_isready: true when the server answers a startup message with a request for a password rather than with an error. */
    boolean acceptsConnections() {
        try (SocketChannel channel = SocketChannel.open()) {
            Socket socket = channel.socket();
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PROBE_TIMEOUT.toMillis());
            socket.setSoTimeout((int) PROBE_TIMEOUT.toMillis());
            socket.getOutputStream().write(STARTUP_MESSAGE);
            return socket.getInputStream().read() == 'R';
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Fast shutdown; returns when the process has ended. */
    void stop(Duration timeout) {
        Optional<ProcessHandle> server = ProcessHandle.of(pid);
        if (server.isEmpty()) {
            return;
        }
        // Java can only send TERM, for which PostgreSQL waits until each client has disconnected; INT is the fast
        // shutdown.
        Commands.run(List.of("sh", "-c", "kill -INT \"$0\"", Long.toString(pid)));
        try {
            server.get().onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new EmbeddedPostgresFailure(
                    "PostgreSQL (pid " + pid + ") did not stop within " + timeout.toSeconds()
                            + " s. See its server.log; \"kill -QUIT " + pid + "\" stops it immediately.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresFailure("Interrupted while PostgreSQL (pid " + pid + ") was stopping", e);
        }
    }

    private static byte[] startupMessage() {
        byte[] user = ("user\0" + SUPERUSER + "\0\0").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + user.length)
                .putInt(8 + user.length)
                .putInt(3 << 16)
                .put(user)
                .array();
    }
}
