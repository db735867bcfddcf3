package dev.patchbay.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.flags.FlagEvaluation.Rule;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagRegistryTests {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private static FlagRegistry registry(String flags) {
        return FlagRegistry.ofFile(Json.read("{\"flags\": [" + flags + "], \"retired\": [{\"key\": \"old-flag\"}]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\": \"Not_a_key\", \"stage\": \"ga\"}",
                "{\"key\": \"new-flag\", \"stage\": \"ga\"}, {\"key\": \"new-flag\", \"stage\": \"ga\"}"
            })
    void aKeyThatIsNoneOrThereTwiceIsRefused(String flags) {
        assertThatThrownBy(() -> registry(flags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no key, or one twice");
    }

    @Test
    void aRetiredFlagIsReleasedEvenWhileItIsRegistered() {
        var before = registry("{\"key\": \"new-flag\", \"stage\": \"ga\"}");
        var after = new FlagRegistry(before.flags(), Set.of("new-flag"));

        assertThat(rule(before, "new-flag")).isEqualTo(Rule.GA);
        assertThat(rule(after, "new-flag")).isEqualTo(Rule.RETIRED);
        assertThat(rule(before, "old-flag")).isEqualTo(Rule.RETIRED);
        assertThat(rule(before, "none-such")).isEqualTo(Rule.ABSENT);
    }

    private static Rule rule(FlagRegistry registry, String key) {
        return FlagRules.evaluate(registry, FlagTargets.EMPTY, key, "prod", FlagCaller.NOBODY, NOW)
                .rule();
    }

    @Test
    void aChangeIsAppliedOnce() {
        assertThat(FlagChange.State.PENDING.mayBecome(FlagChange.State.APPLIED)).isTrue();
        assertThat(FlagChange.State.PENDING.mayBecome(FlagChange.State.PENDING)).isFalse();
        assertThat(FlagChange.State.APPLIED.mayBecome(FlagChange.State.APPLIED)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-30T00:00:00Z 2026-12-02T00:00:00Z", "2026-12-02T00:00:00Z 2026-11-30T00:00:00Z"})
    void ofTwoEntriesInACaseTheLaterEndCounts(String ends, @TempDir Path folder) throws IOException {
        String[] end = ends.split(" ", 2);
        Path file = folder.resolve("cases.json");
        Files.writeString(file, """
                {"registry": {"new-flag": {"stage": "beta", "environments": ["prod"]}},
                 "allow": [{"flag": "new-flag", "tenant": "tnt_a", "until": "%s"},
                           {"flag": "new-flag", "tenant": "tnt_a", "until": "%s"}],
                 "cases": [{"id": "listed", "key": "new-flag", "type": "boolean", "environment": "prod",
                            "caller": {"tenant": "tnt_a"}, "now": "%s", "expect": {"rule": "tenant"}}]}""".formatted(end[0], end[1], NOW));

        assertThat(FlagCases.run(file).path("passed").asInt()).isEqualTo(1);
    }
}
