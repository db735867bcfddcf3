package dev.patchbay.effects.internal.action;

import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The adapters by port and provider. */
final class AdapterRegistry {

    private final Map<String, Port> adapters;

    AdapterRegistry(List<Port> adapters) {
        this.adapters = adapters.stream()
                .flatMap(adapter -> PortFunction.ALL.stream()
                        .filter(function -> function.port().isInstance(adapter))
                        .map(function -> Map.entry(name(function.portName(), adapter.provider()), adapter)))
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<Port> find(String port, String provider) {
        return Optional.ofNullable(adapters.get(name(port, provider)));
    }

    private static String name(String port, String provider) {
        return port + "@" + provider;
    }
}
