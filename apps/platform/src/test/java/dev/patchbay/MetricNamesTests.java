package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/metrics.md has the names that the code has. */
class MetricNamesTests {

    private static final Path DOCUMENT = Path.of("../../docs/metrics.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/patchbay");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+(?:\\.[a-z_]+)+)` \\|");
    private static final Pattern METER = Pattern.compile(
            "(?:\\.(?:counter|timer|gauge)|(?:Timer|Gauge|Counter|DistributionSummary)\\.builder)\\(\\s*\"([a-z_.]+)\"");

    /** Contexts whose metrics have a page of their own, or none yet. */
    private static final Pattern DOCUMENTED_ELSEWHERE =
            Pattern.compile(".*/(usage|billing|livecalls|insights|prompts|deployments|notifications|flags|effects)/.*");

    private static Set<String> documented() throws IOException {
        return names(ROW, Stream.of(Files.readString(DOCUMENT)));
    }

    private static Set<String> names(Pattern pattern, Stream<String> texts) {
        var found = new TreeSet<String>();
        texts.flatMap(text -> pattern.matcher(text).results().toList().stream())
                .map((MatchResult hit) -> hit.group(1))
                .forEach(found::add);
        return found;
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Test
    void everyDocumentedNameIsInTheCode() throws IOException {
        assertThat(documented()).isSubsetOf(names(METER, sources().stream().map(Sources::read)));
    }

    @Test
    void everyNameInTheCodeIsDocumented() throws IOException {
        var inCode = names(
                METER,
                sources().stream()
                        .filter(file ->
                                !DOCUMENTED_ELSEWHERE.matcher(file.toString()).matches())
                        .map(Sources::read));
        assertThat(inCode).isSubsetOf(documented()).hasSizeGreaterThan(15);
    }
}
