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
 * Checks bodies against the contracts of providers:
 * {@code contracts/providers/<provider>/<operation>.{request,response}.schema.json}, which name only the members we rely on. In
 * prod nothing is checked, so that a provider's harmless change stops no call.
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
     * The first violation in a request body, as a sentence with its path; empty when there is none.
     *
     * @throws IllegalStateException when the operation has no contract
     */
    public Optional<String> requestProblem(String operation, JsonNode body) {
        return problem(operation, "request", body);
    }

    /**
     * The first violation in a response body, as a sentence with its path; empty when there is none.
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
                .map(violation -> describe(name, violation));
    }

    /** Names the path and the rule, never the value, which may be personal data. */
    private static String describe(String name, Error violation) {
        return "The contract %s is broken at %s: %s".formatted(name, path(violation), violation.getMessage());
    }

    private static String path(Error violation) {
        String path = violation.getInstanceLocation().toString();
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
