package dev.patchbay.flowlanguage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The functions that a flow may call and the events that may start it.
 *
 * @param functions by name, such as {@code crm.upsertContact}
 * @param events JSON Schemas of the events' data by event type, such as {@code voice.call.analyzed}
 */
public record Catalogue(Map<String, Function> functions, Map<String, JsonNode> events) {

    private static final Catalogue STANDARD = load();

    public Catalogue {
        functions = Map.copyOf(functions);
        events = Map.copyOf(events);
    }

    /** The catalogue of {@code contracts/catalogue.json}. */
    public static Catalogue standard() {
        return STANDARD;
    }

    private static Catalogue load() {
        JsonNode list = contract("catalogue.json");
        Map<String, Function> functions = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : list.path("functions").properties()) {
            functions.put(
                    entry.getKey(),
                    new Function(
                            entry.getKey(),
                            contract("ports/" + entry.getKey() + ".input.schema.json"),
                            contract("ports/" + entry.getKey() + ".output.schema.json"),
                            Optional.ofNullable(
                                    entry.getValue().path("undoneBy").asString(null))));
        }
        Map<String, JsonNode> events = new TreeMap<>();
        for (JsonNode type : list.path("events")) {
            events.put(type.stringValue(), contract("events/" + type.stringValue() + ".schema.json"));
        }
        return new Catalogue(functions, events);
    }

    static JsonNode contract(String name) {
        try (InputStream stream = Catalogue.class.getResourceAsStream("/contracts/" + name)) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
