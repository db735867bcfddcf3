package dev.patchbay.prompts.format;

import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the parts' texts belong in an engine's object: its general prompt, its states' prompts, its nodes' instructions. */
final class PromptParts {

    private PromptParts() {}

    private static final String SETTINGS = "/retell/settings";

    /**
     * A place that may hold a part.
     *
     * @param holderPointer of the object with the member, from the engine's object
     */
    record Place(String part, String holderPointer, ObjectNode holder, String member) {

        /** The pointer of the member in the front matter. */
        String pointer() {
            return SETTINGS + SourceTree.child(holderPointer, member);
        }

        /** The same object in another tree of the same shape. */
        Optional<ObjectNode> findHolder(ObjectNode otherEngine) {
            return otherEngine.at(holderPointer) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        }

        Optional<String> text() {
            JsonNode value = holder.path(member);
            return value.isString() ? Optional.of(value.asString()) : Optional.empty();
        }
    }

    /** The places by the name of their part; of two with one name the first. */
    static SequencedMap<String, Place> places(Engine engine, ObjectNode settings) {
        SequencedMap<String, Place> places = new LinkedHashMap<>();
        places.put(PromptFile.GENERAL, new Place(PromptFile.GENERAL, "", settings, engine.generalMember()));
        collect(settings, "states", "name", "state/", places);
        collect(settings, "nodes", "id", "node/", places);
        return places;
    }

    private static void collect(
            ObjectNode settings, String array, String id, String prefix, SequencedMap<String, Place> places) {
        int index = 0;
        for (JsonNode each : settings.path(array)) {
            if (each instanceof ObjectNode object && object.path(id).isString()) {
                String part = prefix + object.path(id).asString();
                String pointer = "/" + array + "/" + index;
                if (array.equals("states")) {
                    places.putIfAbsent(part, new Place(part, pointer, object, "state_prompt"));
                } else if (object.path("instruction") instanceof ObjectNode instruction) {
                    places.putIfAbsent(part, new Place(part, pointer + "/instruction", instruction, "text"));
                }
            }
            index++;
        }
    }

    /** Each {@code %part} has its part, and each part its {@code %part}. */
    static void check(PromptFile file, List<PromptProblem> problems) {
        SequencedMap<String, Place> places = places(file.engine(), file.settings());
        for (Map.Entry<String, String> part : file.parts().entrySet()) {
            boolean used = Optional.ofNullable(places.get(part.getKey()))
                    .flatMap(Place::text)
                    .filter(PromptFile.PART::equals)
                    .isPresent();
            boolean empty =
                    part.getKey().equals(PromptFile.GENERAL) && part.getValue().isBlank();
            if (!used && !empty) {
                problems.add(PromptProblem.error(
                        part.getKey(),
                        "",
                        file.line(part.getKey()),
                        "part_unused",
                        "Nothing in settings refers to this part by \"%part\"."));
            }
        }
        for (Place place : places.values()) {
            if (place.text().filter(PromptFile.PART::equals).isPresent()
                    && !file.parts().containsKey(place.part())) {
                problems.add(PromptProblem.error(
                        "",
                        place.pointer(),
                        file.line(place.pointer()),
                        "part_missing",
                        "There is no part after a line %%% " + place.part() + "."));
            }
        }
    }
}
