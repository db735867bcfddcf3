package dev.patchbay.effects;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The schemas of the inputs and outputs of port functions, from {@code contracts/ports}. Inputs are validated everywhere, since
 * they come from flow authors; outputs of adapters outside prod only.
 */
@Component
public class PortContracts {

    /** The {@code format} of a text that people read. */
    private static final String TEXT_FOR_PEOPLE = "message";

    private final Map<String, Schema> inputs = schemas("input");
    private final Map<String, InputViolation> inputViolations = inputViolations();
    private final Map<String, Schema> outputs = schemas("output");
    private final Map<String, JsonNode> samples = samples();
    private final boolean checksAdapters;

    public PortContracts(Settings settings) {
        this.checksAdapters = settings.environment() != Environment.PROD;
    }

    private static Map<String, JsonNode> samples() {
        return PortFunction.ALL.stream()
                .collect(Collectors.toUnmodifiableMap(
                        PortFunction::name,
                        function -> read(function.name() + ".output").at("/examples/0")));
    }

    private static Map<String, Schema> schemas(String side) {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> {});
        return PortFunction.ALL.stream()
                .collect(Collectors.toUnmodifiableMap(
                        PortFunction::name, function -> registry.getSchema(read(function.name() + "." + side))));
    }

    private static Map<String, InputViolation> inputViolations() {
        return PortFunction.ALL.stream()
                .map(function -> new InputViolation(function.name(), read(function.name() + ".input")))
                .collect(Collectors.toUnmodifiableMap(InputViolation::function, objection -> objection));
    }

    private static JsonNode read(String name) {
        try (var stream = new ClassPathResource("contracts/ports/" + name + ".schema.json").getInputStream()) {
            return Json.read(stream.readAllBytes());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** One sentence on how the input violates its schema, or on a text for people that is not filled in; empty when it is valid. */
    public Optional<String> inputViolation(String function, JsonNode input) {
        return inputViolations(function, input).stream()
                .findFirst()
                .map(Violation::sentence)
                .or(() -> unfilledText(function, input));
    }

    private Optional<String> unfilledText(String function, JsonNode input) {
        return Optional.ofNullable(inputViolations.get(function)).stream()
                .flatMap(contract -> contract.schema().path("properties").properties().stream())
                .filter(property ->
                        property.getValue().path("format").asString("").equals(TEXT_FOR_PEOPLE))
                .flatMap(property ->
                        UnfilledText.find(input.path(property.getKey()).asString(""))
                                .map(piece -> "“%s” of %s holds “%s”: a value was not filled in, so nothing was sent."
                                        .formatted(property.getKey(), function, piece))
                                .stream())
                .findFirst();
    }

    /**
     * A way in which an input violates its schema.
     *
     * @param member the input's member; empty when the input as a whole does
     */
    record Violation(String member, String sentence) {}

    List<Violation> inputViolations(String function, JsonNode input) {
        return Optional.ofNullable(inputs.get(function)).stream()
                .flatMap(schema -> schema.validate(input).stream())
                .map(error -> new Violation(
                        memberOf(error),
                        Objects.requireNonNull(inputViolations.get(function)).sentence(error)))
                .toList();
    }

    private static String memberOf(Error error) {
        return error.getInstanceLocation().getNameCount() == 0
                ? ""
                : String.valueOf(error.getInstanceLocation().getName(0));
    }

    /** Missing for a function that no port has. */
    JsonNode inputSchema(String function) {
        return Optional.ofNullable(inputViolations.get(function))
                .map(InputViolation::schema)
                .orElseGet(MissingNode::getInstance);
    }

    /** One sentence on how an adapter's output violates its schema; always empty in prod. */
    public Optional<String> adapterOutputViolation(String function, JsonNode output) {
        return checksAdapters ? outputViolation(function, output) : Optional.empty();
    }

    /** One sentence on how a simulated output violates its schema; empty when the function could return it. */
    public Optional<String> outputViolation(String function, JsonNode answer) {
        return Optional.ofNullable(outputs.get(function))
                .flatMap(schema -> schema.validate(answer).stream()
                        .map(error -> "The output of " + function + " does not fit at /"
                                + error.getInstanceLocation().toString().replaceFirst("^/", "") + ": "
                                + error.getMessage())
                        .findFirst());
    }

    /** An output of the function, from the examples of its schema. */
    public JsonNode sampleOutput(String function) {
        return Objects.requireNonNull(samples.get(function));
    }
}
