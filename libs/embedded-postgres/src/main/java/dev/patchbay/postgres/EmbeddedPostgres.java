package dev.patchbay.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A PostgreSQL server of our own under one directory: {@code data/}, {@code binaries/}, {@code password} (0600) and
 * {@code server.log}.
 *
 * <p>It is durable (fsync and synchronous_commit on), listens on 127.0.0.1 only and wants a password (SCRAM). The
 * server belongs to its directory, not to this process: it keeps running when the process dies, and the next
 * {@link #startOrAdopt} finds it. Every failure is an {@link EmbeddedPostgresFailure} that says what to do.
 */
public final class EmbeddedPostgres {
    /** File locks do not exclude threads of one process, this does. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Postmaster postmaster;
    private final String password;
    private final boolean adopted;

    /**
     * Where the server lives and how it is to start.
     *
     * @param dataDirectory everything of this server lives below; created when absent
     * @param preferredPort used unless something else listens there; 0 for any free port
     * @param startTimeout how long start, crash recovery included, may take
     */
    public record Settings(Path dataDirectory, int preferredPort, Duration startTimeout) {}

    EmbeddedPostgres(Postmaster postmaster, String password, boolean adopted) {
        this.postmaster = postmaster;
        this.password = password;
        this.adopted = adopted;
    }

    /** Finds the running server of this directory or starts one, with the binaries on the class path. */
    public static EmbeddedPostgres startOrAdopt(Settings settings) {
        return startOrAdopt(settings, BinaryArchive.onClassPath());
    }

    /** The same with other binaries: a {@code .txz}, or a jar as published on Maven Central that holds one. */
    public static EmbeddedPostgres startOrAdopt(Settings settings, Path archive) {
        return startOrAdopt(settings, BinaryArchive.at(archive));
    }

    private static EmbeddedPostgres startOrAdopt(Settings settings, BinaryArchive binaryArchive) {
        IN_THIS_PROCESS.lock();
        try {
            Path home = Files.createDirectories(settings.dataDirectory()).toRealPath();
            // Two launchers may come at once: the second waits here and then adopts what the first started.
            try (var channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                return new Cluster(home, settings.startTimeout()).startOrAdopt(binaryArchive, settings.preferredPort());
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresFailure(
                    "The directory of the embedded PostgreSQL, " + settings.dataDirectory() + ", cannot be used", e);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    public int port() {
        return postmaster.port();
    }

    /** The postmaster's process id. */
    public long pid() {
        return postmaster.pid();
    }

    public String superuser() {
        return Cluster.SUPERUSER;
    }

    public String password() {
        return password;
    }

    /** Without user and password: those go beside it, never into an address that a log may show. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** True when the server ran before we came. */
    public boolean adopted() {
        return adopted;
    }

    /** Fast shutdown: open transactions roll back, committed work is flushed. Returns when the server is gone. */
    public void stop() {
        postmaster.stop(Duration.ofSeconds(60));
    }
}
