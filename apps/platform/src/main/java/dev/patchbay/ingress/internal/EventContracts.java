package dev.patchbay.ingress.internal;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The schemas in {@code contracts/events}, read once. A type without a schema is stored as it is. */
@Component
class EventContracts {

    private static final String SUFFIX = ".schema.json";
    private static final int SHOWN = 20;

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
     * Checks the data against its type's schema.
     *
     * @return the schema's name, when there is one
     * @throws Problem {@code 400.schema_violation} with the path of each member that breaks it
     */
    Optional<String> check(String type, JsonNode data) {
        String name = type + SUFFIX;
        Optional<Schema> schema = Optional.ofNullable(schemas.get(name));
        List<Violation> broken = schema.map(known -> known.validate(data)).orElse(List.of()).stream()
                .limit(SHOWN)
                .map(EventContracts::violation)
                .toList();
        if (!broken.isEmpty()) {
            throw Violation.problem("The event's data does not match " + name, broken);
        }
        return schema.map(known -> "contracts/events/" + name);
    }

    private static Violation violation(Error error) {
        return new Violation("/data" + error.getInstanceLocation(), error.getMessage());
    }

    /**
     * One thing wrong with a body.
     *
     * @param path JSON pointer: into the vendor's body, or under {@code /data} into what we made of it
     */
    record Violation(String path, String message) {

        static Problem problem(String sentence, List<Violation> broken) {
            Violation first = broken.getFirst();
            return new Problem(
                    ProblemType.SCHEMA_VIOLATION, sentence + " at " + first.path() + ": " + first.message(), broken);
        }
    }
}
