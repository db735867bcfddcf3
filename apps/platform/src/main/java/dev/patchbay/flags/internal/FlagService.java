package dev.patchbay.flags.internal;

import dev.patchbay.flags.FeatureFlag;
import dev.patchbay.flags.FlagCaller;
import dev.patchbay.flags.FlagEvaluation;
import dev.patchbay.flags.FlagRegistry;
import dev.patchbay.flags.FlagRules;
import dev.patchbay.flags.Flags;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Evaluates the flags of this version by the snapshot. */
@Component
class FlagService implements Flags {

    private static final String FILE = "/flags.json";

    private final FlagRegistry registry;
    private final FlagSnapshot snapshot;
    private final String environment;
    private final Clock clock;

    FlagService(FlagSnapshot snapshot, Settings settings, Clock clock) throws IOException {
        this.registry = load();
        this.snapshot = snapshot;
        this.environment = settings.environment().name().toLowerCase(Locale.ROOT);
        this.clock = clock;
    }

    /** The registry as the build wrote it from flags/registry.yaml. */
    static FlagRegistry load() throws IOException {
        try (var file = Objects.requireNonNull(FlagService.class.getResourceAsStream(FILE))) {
            return FlagRegistry.ofFile(Json.read(file.readAllBytes()));
        }
    }

    @Override
    public boolean isEnabled(FeatureFlag flag, FlagCaller caller) {
        return evaluate(flag.key(), caller).value();
    }

    @Override
    public FlagEvaluation evaluate(String key, FlagCaller caller) {
        return FlagRules.evaluate(registry, snapshot.current(), key, environment, caller, clock.instant());
    }

    @Override
    public FlagRegistry registry() {
        return registry;
    }

    String environment() {
        return environment;
    }
}
