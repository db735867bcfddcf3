package dev.patchbay.ingress.ingestion;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The schemas in {@code contracts/events}, read once. Data of a type without a schema is stored as it is. */
@Component
class EventContracts {

    private static final String SUFFIX = ".schema.json";
    private static final int MAX_VIOLATIONS = 20;

    private final Map<String, Schema> schemas = new HashMap<>();

    EventContracts() throws IOException {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var found = new PathMatchingResourcePatternResolver().getResources("classpath*:contracts/events/*" + SUFFIX);
        for (var resource : found) {
            try (var stream = resource.getInputStream()) {
                schemas.put(String.valueOf(resource.getFilename()), registry.getSchema(stream, InputFormat.JSON));
            }
        }
    }

    /**
     * Validates the data against the schema of its type.
     *
     * @return the schema's name, when there is one
     * @throws dev.patchbay.kernel.Problem {@code 400.schema_violation} with the path of each member that violates it
     */
    Optional<String> validate(String type, JsonNode data) {
        String name = type + SUFFIX;
        Optional<Schema> schema = Optional.ofNullable(schemas.get(name));
        List<BodyViolation> violations = schema.map(contract -> contract.validate(data)).orElse(List.of()).stream()
                .limit(MAX_VIOLATIONS)
                .map(EventContracts::violation)
                .toList();
        if (!violations.isEmpty()) {
            throw BodyViolation.problem("The event's data does not match " + name, violations);
        }
        return schema.map(contract -> "contracts/events/" + name);
    }

    private static BodyViolation violation(Error error) {
        return new BodyViolation("/data" + error.getInstanceLocation(), error.getMessage());
    }
}
