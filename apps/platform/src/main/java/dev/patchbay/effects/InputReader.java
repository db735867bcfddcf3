package dev.patchbay.effects;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the values of an input as people and language models write them, by the formats that the function's schema names: phone
 * numbers in the client's country, spoken e-mail addresses, times in words, numbers as texts. An optional value that cannot be
 * read is left out, so that it costs nothing else; a required one is kept, and {@link PortContracts} refuses it.
 */
@Component
public class InputReader {

    /** No input has more members; each round leaves one out. */
    private static final int MAX_ROUNDS = 50;

    private final PortContracts contracts;

    InputReader(PortContracts contracts) {
        this.contracts = contracts;
    }

    /** Reads an input once, before it is stored: “tomorrow” means another day at the next attempt. */
    public ReadInput read(String function, JsonNode input, Locality locality) {
        JsonNode schema = contracts.inputSchema(function);
        if (schema.isMissingNode() || !(input instanceof ObjectNode members)) {
            return new ReadInput(input, List.of());
        }
        var notes = new ArrayList<String>();
        ObjectNode read = Json.object();
        for (var member : members.properties()) {
            var value = new ValueReader(
                            member.getKey(), schema.path("properties").path(member.getKey()), locality)
                    .read(member.getValue());
            value.note().ifPresent(notes::add);
            boolean absent = value.value().isMissingNode() && isOptional(schema, member.getKey());
            if (!absent) {
                read.set(member.getKey(), value.value().isMissingNode() ? member.getValue() : value.value());
            }
        }
        leaveOutInvalid(function, schema, read, notes);
        // As it is read back from the journal, so that equal inputs are equal nodes.
        return new ReadInput(Json.read(Json.write(read)), List.copyOf(notes));
    }

    static boolean isOptional(JsonNode schema, String member) {
        return schema.path("required")
                .valueStream()
                .noneMatch(name -> name.asString("").equals(member));
    }

    private void leaveOutInvalid(String function, JsonNode schema, ObjectNode input, List<String> notes) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<PortContracts.Violation> invalid = contracts.inputViolations(function, input).stream()
                    .filter(violation -> input.has(violation.member()))
                    .filter(violation -> isOptional(schema, violation.member()))
                    .filter(violation -> schema.path("properties").has(violation.member()))
                    .findFirst();
            if (invalid.isEmpty()) {
                return;
            }
            input.remove(invalid.get().member());
            notes.add(invalid.get().sentence() + " It was left out.");
        }
    }
}
