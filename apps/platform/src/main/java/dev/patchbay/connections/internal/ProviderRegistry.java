package dev.patchbay.connections.internal;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.connections.spi.Probe;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Finds providers, their probes, and the problems of settings by their JSON Schemas. */
@Component
final class ProviderRegistry {

    private final Map<String, Probe> probes;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    ProviderRegistry(List<Probe> probes) {
        this.probes = probes.stream()
                .collect(Collectors.toMap(probe -> probe.provider().name(), Function.identity()));
    }

    /** @throws Problem {@code 422.connection_invalid} when no adapter for the provider is registered */
    Probe getProbe(String provider) {
        Probe probe = probes.get(provider);
        if (probe == null) {
            throw new Problem(
                    ProblemType.CONNECTION_INVALID,
                    "There is no provider " + provider + "; one of "
                            + String.join(
                                    ", ", probes.keySet().stream().sorted().toList()) + ".");
        }
        return probe;
    }

    boolean isRegistered(String provider) {
        return probes.containsKey(provider);
    }

    Provider get(String provider) {
        return getProbe(provider).provider();
    }

    /** The provider's display name; its plain name where it is not registered any more. */
    String title(String provider) {
        return isRegistered(provider) ? get(provider).title() : provider;
    }

    List<String> findSettingsProblems(String provider, JsonNode settings) {
        return findProblems(provider + ".settings", settings);
    }

    List<String> findBindingProblems(String provider, String port, JsonNode settings) {
        return findProblems(provider + "." + port, settings);
    }

    /** Names paths and rules, never values. */
    private List<String> findProblems(String schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::load).validate(value).stream()
                .map(error -> "settings" + error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema load(String name) {
        String resource = "/contracts/connections/" + name + ".schema.json";
        try (InputStream stream = ProviderRegistry.class.getResourceAsStream(resource)) {
            return registry.getSchema(Objects.requireNonNull(stream, resource), InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
