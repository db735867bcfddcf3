package dev.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** docs/configuration.md has every setting that the platform reads, and no page names one that nothing reads. */
class SettingsDocsTests {

    /** {@code ./dev} passes the first one to the platform; the others follow from other settings. */
    private static final Set<String> NOT_FOR_OPERATORS =
            Set.of("PATCHBAY_SANDBOX_PID", "PATCHBAY_SANDBOX_DAILY_LIMIT", "PATCHBAY_DB_DIRECTORY");

    private static final Pattern VARIABLE = Pattern.compile("PATCHBAY(?:_[A-Z0-9]+)+(?![A-Z0-9_])");
    private static final Pattern ABBREVIATION = Pattern.compile("`…(_[A-Z0-9_]+)`");

    @Test
    void everySettingOfTheCodeIsDocumented() {
        Set<String> documented = documented();
        assertThat(settings().filter(name -> !NOT_FOR_OPERATORS.contains(name)))
                .filteredOn(name -> !documented.contains(normalised(name)))
                .isEmpty();
    }

    @Test
    void everyDocumentedVariableIsRead() {
        Set<String> read = Stream.concat(settings(), variables(programs()))
                .map(SettingsDocsTests::normalised)
                .collect(Collectors.toSet());
        assertThat(variables(pages()).distinct())
                .filteredOn(name -> !read.contains(normalised(name)))
                .isEmpty();
    }

    /** Environment variables with a name for each part of a property: {@code PATCHBAY_NODE_ACT_WINDOW}. */
    private static Stream<String> settings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.patchbay").stream()
                .map(bean -> ClassUtils.resolveClassName(String.valueOf(bean.getBeanClassName()), null))
                .flatMap(type -> {
                    var properties = AnnotatedElementUtils.getMergedAnnotation(type, ConfigurationProperties.class);
                    return settings(properties == null ? "" : properties.prefix(), type);
                })
                .distinct()
                .sorted();
    }

    private static Stream<String> settings(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String property = prefix + "." + dashed(component);
            return component.getType().isRecord()
                    ? settings(property, component.getType())
                    : Stream.of(property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT));
        });
    }

    private static String dashed(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Spring reads {@code …_ACTWINDOW} and {@code …_ACT_WINDOW} as one. */
    private static String normalised(String variable) {
        return variable.replace("_", "");
    }

    /** The variables of each line; {@code …_B} begins as the variable before it does. */
    private static Set<String> documented() {
        Set<String> all = new TreeSet<>();
        for (String line : Sources.read(Sources.ROOT.resolve("docs/configuration.md"))
                .lines()
                .toList()) {
            List<String> names = variables(line).toList();
            names.forEach(name -> all.add(normalised(name)));
            ABBREVIATION
                    .matcher(line)
                    .results()
                    .forEach(abbreviation -> names.forEach(name -> {
                        for (int end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1)) {
                            all.add(normalised(name.substring(0, end) + abbreviation.group(1)));
                        }
                    }));
        }
        return all;
    }

    private static Stream<String> variables(List<Path> files) {
        return variables(text(files));
    }

    private static Stream<String> variables(String text) {
        return VARIABLE.matcher(text).results().map(MatchResult::group);
    }

    private static String text(List<Path> files) {
        return files.stream().map(Sources::read).collect(Collectors.joining("\n"));
    }

    private static List<Path> pages() {
        return Stream.concat(find("docs", ".md").stream(), Stream.of(Sources.ROOT.resolve("README.md")))
                .toList();
    }

    /** The programs around the platform, which read variables by name, and the settings' other names. */
    private static List<Path> programs() {
        return Stream.of(
                        List.of(Sources.ROOT.resolve("dev")),
                        find("tools", ".mjs"),
                        find("apps/sandbox/src/main", ".java"),
                        find("apps/platform/src/main/java/dev/patchbay/preflight", ".java"),
                        find("apps/platform/src/main/resources", ".yaml"))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Path> find(String folder, String ending) {
        try (Stream<Path> files = Files.walk(Sources.ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
