package dev.patchbay.prompts.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Retell's objects as prompt files and back. An agent and its engine survive the way there and back as equal trees, but for ids,
 * versions and nulls, which belong to the account.
 */
public final class RetellObjects {

    /** Members that name one object in one account; they are no part of a prompt. */
    private static final List<String> LEFT_OUT = List.of(
            "agent_id",
            "llm_id",
            "conversation_flow_id",
            "version",
            "base_version",
            "is_published",
            "last_modification_timestamp",
            "user_modified_timestamp",
            "assigned_tags",
            "version_title",
            "version_description",
            "response_engine");

    private RetellObjects() {}

    /**
     * Makes a file of an agent and its engine. Every prompt becomes a part, unless it holds a character that a file's lines cannot
     * (a carriage return, another control character): then it stays in the front matter.
     *
     * @param name of the file
     */
    public static PromptFile read(String name, Engine engine, ObjectNode agent, ObjectNode engineObject) {
        ObjectNode settings = withoutIds(engineObject);
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        ObjectNode escaped = (ObjectNode) Escapes.mapTexts(settings, Escapes::escapeMember);
        PromptParts.places(engine, escaped)
                .forEach((part, place) -> place.findHolder(settings)
                        .map(original -> original.path(place.member()))
                        .filter(text -> text.isString() && fits(part, text.asString()))
                        .ifPresent(text -> {
                            parts.put(part, Escapes.escapeVariables(text.asString()));
                            place.holder().put(place.member(), PromptFile.PART);
                        }));
        return new PromptFile(
                name,
                "1.0.0",
                new LinkedHashMap<>(),
                engine,
                (ObjectNode) Escapes.mapTexts(withoutIds(agent), Escapes::escapeMember),
                escaped,
                parts,
                Map.of());
    }

    /**
     * Reads {@code {agent, llm}} or {@code {agent, conversation_flow}} ({@code flow} for short), an export of Retell's dashboard or of this API.
     *
     * @return empty when it is neither
     */
    public static Optional<PromptFile> readBundle(String name, JsonNode bundle) {
        if (bundle.path("agent") instanceof ObjectNode agent && bundle.path("flow") instanceof ObjectNode flow) {
            return Optional.of(read(name, Engine.CONVERSATION_FLOW, agent, flow));
        }
        for (Engine engine : Engine.values()) {
            if (bundle.path("agent") instanceof ObjectNode agent
                    && bundle.path(engine.bundleMember()) instanceof ObjectNode object) {
                return Optional.of(read(name, engine, agent, object));
            }
        }
        return Optional.empty();
    }

    /** The object without the members that belong to one account. */
    public static ObjectNode withoutIds(ObjectNode object) {
        return object.deepCopy().remove(LEFT_OUT);
    }

    private static boolean fits(String part, String text) {
        return isPlain(part.chars())
                && part.indexOf('\n') < 0
                && part.equals(part.strip())
                && !part.endsWith("/")
                && isPlain(text.chars());
    }

    private static boolean isPlain(IntStream characters) {
        return characters.noneMatch(it -> Character.isISOControl(it) && it != '\n' && it != '\t');
    }
}
