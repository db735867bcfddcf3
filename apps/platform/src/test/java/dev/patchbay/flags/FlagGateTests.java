package dev.patchbay.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The build fails for a flag that is unknown, unused or expired. */
class FlagGateTests {

    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final String USES_WAVES = "if (flags.isEnabled(FeatureFlag.WAVES, caller)) {";

    private static final FlagGate GATE = new FlagGate(FlagRegistry.ofMap(Json.read("""
                    {"waves": {"stage": "beta", "environments": ["prod"], "expires": "2026-12-02"},
                     "old-editor": {"retired": "2026-10-01"}}""")), NOW);

    private static List<String> offences(String... sources) {
        Map<Path, String> files = new HashMap<>();
        for (int number = 0; number < sources.length; number++) {
            files.put(Path.of("source-" + number), sources[number]);
        }
        return GATE.findOffences(files);
    }

    @Test
    void sourcesOfThisRepositoryHaveNoOffence() throws IOException {
        Map<Path, String> sources = new HashMap<>();
        for (Path file : Sources.java()) {
            String name = Sources.relative(file);
            if (name.contains("/src/main/") && !name.contains("/dev/patchbay/flags/")) {
                sources.put(Path.of(name), Sources.read(file));
            }
        }
        Path portal = Sources.ROOT.resolve("apps/portal/src");
        if (Files.isDirectory(portal)) {
            try (var files = Files.walk(portal)) {
                files.filter(file -> file.toString().matches(".*\\.(ts|tsx)"))
                        .forEach(file -> sources.put(Path.of(Sources.relative(file)), Sources.read(file)));
            }
        }
        assertThat(new FlagGate(FlagRegistry.ofFile(FlagFilesTests.registry()), Instant.now()).findOffences(sources))
                .isEmpty();
    }

    @Test
    void aFlagThatIsAskedForByItsConstantIsFine() {
        assertThat(offences(USES_WAVES)).isEmpty();
        assertThat(offences("const on = useBooleanFlagValue(FLAGS.WAVES, true);"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client.getBooleanValue(\"wavs\", true)",
                "client.getBooleanDetails( 'wavs', true)",
                "useFlag(`wavs`, true)",
                "useBooleanFlagDetails<boolean>(\"wavs\", true)",
                "<FeatureFlag flagKey=\"wavs\" match>",
                "<Guard flag={\"wavs\"}>"
            })
    void anUnknownKeyIsAnOffence(String source) {
        assertThat(offences(USES_WAVES, source))
                .containsExactly("source-1: asks for the flag wavs, which is neither registered nor retired.");
    }

    @Test
    void anUnknownConstantIsAnOffence() {
        assertThat(offences(USES_WAVES, "FLAGS.WAVS"))
                .containsExactly("source-1: asks for the constant WAVS, which no flag has.");
    }

    @Test
    void aRetiredKeyMayBeAskedForAndAKnownOneOnlyByItsConstant() {
        assertThat(offences(USES_WAVES, "useFlag('old-editor', true)")).isEmpty();
        assertThat(offences("useFlag('waves', true)"))
                .containsExactly("source-0: asks for the flag waves by its text; use the generated constant.");
    }

    @Test
    void aFlagThatNoCodeAsksForIsAnOffence() {
        assertThat(offences("// " + USES_WAVES, "/* FeatureFlag.WAVES */"))
                .containsExactly("flags/registry.yaml: no code asks for the flag waves.");
    }

    @Test
    void anExpiredFlagIsAnOffenceFromItsDayOn() {
        var later = new FlagGate(GATE.registry(), Instant.parse("2026-12-02T00:00:00Z"));
        assertThat(later.findOffences(Map.of(Path.of("source"), USES_WAVES)))
                .containsExactly(
                        "flags/registry.yaml: the flag waves expired on 2026-12-02; release or remove the feature.");
    }
}
