package dev.patchbay.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A PostgreSQL server whose files are in one directory: {@code data/}, {@code binaries/}, {@code password} (mode 0600) and
 * {@code server.log}.
 *
 * <p>It is durable (fsync and synchronous_commit are on), listens on 127.0.0.1 only and requires a password (SCRAM). The server
 * belongs to its directory, not to this process: it keeps running when the process ends, and the next {@link #startOrAdopt} adopts
 * it. Each failure is an {@link EmbeddedPostgresFailure} that says what to do.
 */
public final class EmbeddedPostgres {
    /** Excludes threads of this process, which a file lock does not. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Cluster.Server server;

    /**
     * The settings of a server.
     *
     * @param dataDirectory holds all files of the server; created when absent
     * @param preferredPort used unless another process listens there; 0 for any free port
     * @param startTimeout the limit for the start, crash recovery included
     */
    public record Settings(Path dataDirectory, int preferredPort, Duration startTimeout) {}

    EmbeddedPostgres(Cluster.Server server) {
        this.server = server;
    }

    /** Adopts the running server of this directory, or starts one with the binaries on the class path. */
    public static EmbeddedPostgres startOrAdopt(Settings settings) {
        return startOrAdopt(settings, BinaryArchive.onClassPath());
    }

    /** As {@link #startOrAdopt(Settings)}, with other binaries: a {@code .txz}, or a jar of Maven Central that holds one. */
    public static EmbeddedPostgres startOrAdopt(Settings settings, Path archive) {
        return startOrAdopt(settings, BinaryArchive.at(archive));
    }

    private static EmbeddedPostgres startOrAdopt(Settings settings, BinaryArchive archive) {
        IN_THIS_PROCESS.lock();
        try {
            Path home = Files.createDirectories(settings.dataDirectory()).toRealPath();
            // Of two launchers at the same time the second waits here, and then adopts the server that the first
            // started.
            try (var channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                var cluster = new Cluster(home, settings.startTimeout());
                return new EmbeddedPostgres(cluster.startOrAdopt(archive, settings.preferredPort()));
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresFailure(
                    "The directory of the embedded PostgreSQL, " + settings.dataDirectory() + ", cannot be used.", e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    public int port() {
        return server.postmaster().port();
    }

    /** The postmaster's process id. */
    public long pid() {
        return server.postmaster().pid();
    }

    public String superuser() {
        return Postmaster.SUPERUSER;
    }

    public String password() {
        return server.password();
    }

    /** The JDBC URL without user and password, so that a log may show it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** True when the server was running before {@link #startOrAdopt}. */
    public boolean adopted() {
        return server.adopted();
    }

    /** Fast shutdown: open transactions roll back, committed ones are kept. Returns when the server has ended. */
    public void stop() {
        server.postmaster().stop(Duration.ofSeconds(60));
    }
}
