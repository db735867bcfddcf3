package dev.patchbay.upgrade;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The state of an installation whose release was killed while it executed runs: its tables, its data directory and an index
 * of its records. The README beside it says how it was created.
 */
final class ReleaseFixture {

    /** The time between the kill and the start of this release, as this release sees it. */
    private static final Duration SINCE_THE_KILL = Duration.ofMinutes(5);

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    private final Path folder;
    private final JsonNode about;

    ReleaseFixture(String release) {
        this.folder = Path.of("src/test/resources/upgrade", release);
        this.about = Json.read(text("about.json"));
    }

    /** A run, call, token or session by its JSON pointer, for example {@code /runs/approval}. */
    String about(String pointer) {
        return about.at(pointer).asString();
    }

    JsonNode part(String pointer) {
        return about.at(pointer);
    }

    /** The shift of all its times, so that the kill seems to have just happened. */
    Duration moved() {
        return Duration.between(Instant.parse(about("/killedAt")), Instant.now())
                .minus(SINCE_THE_KILL);
    }

    /** SHA-256, in hex, by file name. */
    Stream<Map.Entry<String, String>> migrations() {
        return text("migrations.sha256").lines().map(line -> Map.entry(line.substring(66), line.substring(0, 64)));
    }

    /** The present file of a migration of the release, which may have moved to another folder. */
    static Path migration(String name) {
        return files(MIGRATIONS).stream()
                .filter(file -> file.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " was released and is gone"));
    }

    /** Version, description, type, script and checksum of each applied migration. */
    List<String> history() {
        return text("flyway-history.tsv").lines().toList();
    }

    /** COPY blocks and statements, as {@code pg_dump} writes them. */
    String data(Addresses addresses) {
        return addresses.into(text("data.sql"));
    }

    /** Writes keys, process names and the sandbox's journals into a new data directory. */
    void fill(Path directory, Addresses addresses) {
        Path kept = folder.resolve("directory");
        for (Path file : files(kept)) {
            try {
                Path target = directory.resolve(kept.relativize(file).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.writeString(target, addresses.into(Files.readString(file)));
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    /** The present addresses of platform and sandbox, which replace {@code {{platform}}} and {@code {{sandbox}}}. */
    record Addresses(String platform, String sandbox) {

        String into(String text) {
            return text.replace("{{platform}}", platform)
                    .replace("{{sandbox}}", sandbox)
                    .replace("{{begin-private-key}}", "-----BEGIN PRIVATE KEY-----")
                    .replace("{{sk-test}}", "sk_test_")
                    .replace("{{whsec}}", "whsec_")
                    .replace("{{ya29}}", "ya29.")
                    .replace("{{refresh}}", "1//");
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
