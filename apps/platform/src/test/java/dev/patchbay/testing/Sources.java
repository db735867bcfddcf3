package dev.patchbay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The repository's own source files, for tests that read them. */
public final class Sources {

    /** The repository's root: the parent of the module's directory, two levels up. */
    public static final Path ROOT = root();

    private static final List<String> FOLDERS =
            List.of("apps", "libs", "benchmarks", "tools", "config", "flags", "flows");

    private static final Pattern TEST = Pattern.compile("/src/test/|[.]test[.]mjs$");
    private static final Pattern CONTEXT =
            Pattern.compile("apps/platform/src/main/(?:java/dev/patchbay|resources/db/migration)/([a-z]+)/");

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

    /**
     * Lines of the repository's Java, SQL and scripts without tests: of each context of the platform by its name, and of
     * everything else under an empty name.
     */
    public static Map<String, Long> productionLines() {
        return Stream.of(".java", ".sql", ".mjs")
                .flatMap(Sources::files)
                .filter(file -> !TEST.matcher(relative(file)).find())
                .collect(Collectors.groupingBy(
                        Sources::context,
                        TreeMap::new,
                        Collectors.summingLong(file -> read(file).lines().count())));
    }

    private static String context(Path file) {
        var matcher = CONTEXT.matcher(relative(file));
        return matcher.lookingAt() ? matcher.group(1) : "";
    }

    /** All JavaScript modules and TypeScript sources: tools, benchmarks, the portal and tests. */
    public static List<Path> scripts() {
        return Stream.of(".mjs", ".ts", ".tsx").flatMap(Sources::files).toList();
    }

    /** Settings, build files, flow files and the script {@code dev}: files whose comments begin with a hash, or are XML's. */
    public static List<Path> configuration() {
        return Stream.concat(
                        Stream.of(".yaml", ".properties", ".xml").flatMap(Sources::files),
                        Stream.of("pom.xml", "dev").map(ROOT::resolve))
                .toList();
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
                        .filter(file ->
                                !relative(file).matches(".*(^|/)(target|node_modules|[.]next|export|coverage)/.*"))
                        .toList()
                        .stream();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
    }
}
