package dev.patchbay.flows.internal.run;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What goes into and comes out of each port function, by {@code contracts/ports}. Inputs are checked everywhere: they come from flow authors. */
@Component
class PortContracts {

    private final Map<String, Schema> inputs;

    PortContracts() {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> {});
        this.inputs = PortFunction.ALL.stream()
                .collect(Collectors.toUnmodifiableMap(
                        PortFunction::name, function -> registry.getSchema(read(function.name() + ".input"))));
    }

    private static JsonNode read(String name) {
        try (var stream = new ClassPathResource("contracts/ports/" + name + ".schema.json").getInputStream()) {
            return Json.read(stream.readAllBytes());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** One sentence on what is wrong with the input; empty when it fits. */
    Optional<String> objection(String function, JsonNode input) {
        return Objects.requireNonNull(inputs.get(function)).validate(input).stream()
                .map(error -> "The input of " + function + " does not fit at "
                        + (error.getInstanceLocation().toString().isEmpty() ? "/" : error.getInstanceLocation()) + ": "
                        + error.getMessage())
                .findFirst();
    }
}
