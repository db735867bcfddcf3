package dev.patchbay.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The command line of the launcher: {@code start <directory> [port]} and {@code stop <directory>}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "start" -> start(Path.of(arguments[1]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0);
            case "stop" -> System.out.println(stop(Path.of(arguments[1])));
            default ->
                throw new IllegalArgumentException(
                        "Usage: start <directory> [port], or stop <directory>. The directory holds the server's data, for"
                                + " example .patchbay/postgres.");
        }
    }

    private static void start(Path directory, int port) {
        var server =
                EmbeddedPostgres.startOrAdopt(new EmbeddedPostgres.Settings(directory, port, Duration.ofMinutes(1)));
        System.out.println("PostgreSQL " + (server.adopted() ? "was already running" : "started") + ", pid "
                + server.pid() + ", " + server.jdbcUrl("postgres"));
    }

    /** Stops the server of this directory. Needs its pid file only, neither binaries nor password. */
    static String stop(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return "No PostgreSQL under " + directory;
        }
        Path data = directory.toRealPath().resolve("data");
        Optional<Postmaster> running = Postmaster.read(data).filter(postmaster -> postmaster.serves(data));
        running.ifPresent(postmaster -> postmaster.stop(Duration.ofSeconds(60)));
        return running.isPresent() ? "PostgreSQL stopped" : "PostgreSQL was not running";
    }
}
