package dev.patchbay.connections.http;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * The wire contracts of providers: {@code contracts/providers/<provider>/<operation>.{request,response}.schema.json},
 * naming only the members we rely on. Checked outside prod, where a vendor's surprise should stop nobody.
 */
@Component
public class Contracts {

    private final boolean checking;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    Contracts(HttpSettings settings) {
        this.checking = settings.checkContracts();
    }

    /**
     * What a request body breaks, in one sentence with its path; empty when it keeps its contract.
     *
     * @throws IllegalStateException when the operation has no contract
     */
    public Optional<String> requestProblem(String operation, JsonNode body) {
        return problem(operation, "request", body);
    }

    /**
     * What an answer breaks; empty when it keeps its contract.
     *
     * @throws IllegalStateException when the operation has no contract
     */
    public Optional<String> responseProblem(String operation, JsonNode body) {
        return problem(operation, "response", body);
    }

    private Optional<String> problem(String operation, String side, JsonNode body) {
        if (!checking) {
            return Optional.empty();
        }
        String name = operation + "." + side;
        return schemas.computeIfAbsent(name, this::load).validate(body).stream()
                .findFirst()
                .map(broken -> sentence(name, broken));
    }

    /** Names the path and the rule, never the value: it may be a person's. */
    private static String sentence(String name, Error broken) {
        return "The contract %s is broken at %s: %s".formatted(name, path(broken), broken.getMessage());
    }

    private static String path(Error broken) {
        String path = broken.getInstanceLocation().toString();
        return path.isEmpty() ? "the top" : path;
    }

    private Schema load(String name) {
        String resource = "/contracts/providers/" + name + ".schema.json";
        try (InputStream stream = Contracts.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("there is no " + resource);
            }
            return registry.getSchema(stream, InputFormat.JSON);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
