package dev.patchbay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The repository's own source files, for tests that read them. */
public final class Sources {

    /** The repository's root: the parent of the module's directory, two levels up. */
    public static final Path ROOT = root();

    private static final List<String> FOLDERS = List.of("apps", "libs", "benchmarks", "tools");

    private Sources() {}

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("nx.json"))) {
            here = Objects.requireNonNull(here.getParent(), "not inside the repository");
        }
        return here;
    }

    /** All Java files, production and tests, of every module. */
    public static List<Path> java() {
        return files(".java").toList();
    }

    /** All scripts of tools, benchmarks and tests ({@code .mjs}). */
    public static List<Path> scripts() {
        return files(".mjs").toList();
    }

    /** The migrations that came after release 0.1; those of a release are never edited. */
    public static List<Path> unreleasedMigrations() {
        String released = read(ROOT.resolve("apps/platform/src/test/resources/upgrade/0.1/migrations.sha256"));
        return files(".sql")
                .filter(file -> relative(file).contains("/db/migration/"))
                .filter(file -> !released.contains("  " + file.getFileName() + "\n"))
                .toList();
    }

    /** The path from the repository's root, with slashes. */
    public static String relative(Path file) {
        return ROOT.relativize(file).toString().replace('\\', '/');
    }

    /** A file's text. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> files(String extension) {
        return FOLDERS.stream().flatMap(folder -> {
            try (var found = Files.walk(ROOT.resolve(folder))) {
                return found
                        .filter(file -> file.toString().endsWith(extension))
                        .filter(file -> !relative(file).matches(".*(^|/)(target|node_modules)/.*"))
                        .toList()
                        .stream();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }
}
