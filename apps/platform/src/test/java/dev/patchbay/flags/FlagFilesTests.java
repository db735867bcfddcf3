package dev.patchbay.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The constants of Java and TypeScript, and the registry that the platform reads, are written from flags/registry.yaml. */
class FlagFilesTests {

    private static final Path REGISTRY = Sources.ROOT.resolve("flags/registry.yaml");
    private static final Path RESOURCE = Sources.ROOT.resolve("apps/platform/src/main/resources/flags.json");
    private static final Path JAVA =
            Sources.ROOT.resolve("apps/platform/src/main/java/dev/patchbay/flags/FeatureFlag.java");
    private static final Path TYPESCRIPT = Sources.ROOT.resolve("flags/keys.ts");

    static JsonNode registry() throws IOException {
        return new YAMLMapper().readTree(Files.readAllBytes(REGISTRY));
    }

    private static List<String> keys(JsonNode registry) {
        return List.copyOf(FlagRegistry.ofFile(registry).flags().keySet());
    }

    /** {@code sms-notices} as a constant: {@code SMS_NOTICES}. */
    static String constant(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String java(List<String> keys) {
        return """
                package dev.patchbay.flags;

                /** The keys of flags/registry.yaml; written from it by {@code ./dev flags generate}. */
                public enum FeatureFlag {
                %s;

                    private final String key;

                    FeatureFlag(String key) {
                        this.key = key;
                    }

                    public String key() {
                        return key;
                    }
                }
                """.formatted(keys.stream()
                .map(key -> "    " + constant(key) + "(\"" + key + "\")")
                .collect(Collectors.joining(",\n")));
    }

    private static String typescript(List<String> keys) {
        return """
                /** The keys of flags/registry.yaml; written from it by `./dev flags generate`. */
                export const FLAGS = {
                %s
                } as const;

                export type FlagKey = (typeof FLAGS)[keyof typeof FLAGS];
                """.formatted(keys.stream()
                .map(key -> "  " + constant(key) + ": '" + key + "',")
                .collect(Collectors.joining("\n")));
    }

    private static void assertWritten(Path file, String text) throws IOException {
        if (Boolean.getBoolean("patchbay.write-flags")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    /** Written anew with {@code -Dpatchbay.write-flags=true}. */
    @Test
    void generatedFilesMatchTheRegistry() throws IOException {
        JsonNode registry = registry();
        assertWritten(RESOURCE, Json.tree(registry).toPrettyString() + "\n");
        assertWritten(JAVA, java(keys(registry)));
        assertWritten(TYPESCRIPT, typescript(keys(registry)));
    }

    @Test
    void everyFlagIsComplete() throws IOException {
        for (FlagDefinition flag : FlagRegistry.ofFile(registry()).flags().values()) {
            assertThat(flag.title()).as(flag.key()).isNotBlank();
            assertThat(flag.owner()).as(flag.key()).isNotBlank();
            assertThat(flag.since()).as(flag.key()).isPresent();
            assertThat(flag.expires().isEmpty())
                    .as(flag.key() + " expires unless it is ga")
                    .isEqualTo(flag.stage() == FlagMaturity.GA);
            assertThat(List.of("dev", "staging", "prod")).as(flag.key()).containsAll(flag.environments());
            assertThat(flag.environments())
                    .as(flag.key())
                    .containsAll(flag.defaults().keySet());
            assertThat(flag.stage() == FlagMaturity.GA || !flag.environments().isEmpty())
                    .as(flag.key())
                    .isTrue();
        }
    }
}
