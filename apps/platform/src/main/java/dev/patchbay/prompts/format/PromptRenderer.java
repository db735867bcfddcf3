package dev.patchbay.prompts.format;

import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in a file's variables, in one pass: nothing in a value is read again, and {@code {{…}}} is the vendor's and stays as it
 * is. A member that is exactly {@code [[x]]} takes the value's type; a list alone on its line becomes lines, elsewhere its items
 * are joined by commas.
 */
public final class PromptRenderer {

    /** Variables that every prompt may use without declaring them. */
    public static final Set<String> BUILT_IN = Set.of("client_name", "client_zone");

    /** The most characters of values in one prompt: a short file can name a long value very often. */
    private static final long MAX_FILLED_IN = 2L * PromptFormat.MAX_BYTES;
    /** Further unknown variables are not listed. */
    private static final int MAX_PROBLEMS = 1_000;

    private static final Pattern ALONE = Pattern.compile("\\[\\[([a-z][a-z0-9_]{0,62})]]");

    private final PromptFile file;
    private final Map<String, JsonNode> values = new TreeMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final List<PromptProblem> problems = new ArrayList<>();
    private long filledIn;

    private PromptRenderer(PromptFile file) {
        this.file = file;
    }

    /**
     * Renders.
     *
     * @param clientValues by name: the client's, and those of {@link #BUILT_IN}
     */
    public static Rendered render(PromptFile file, Map<String, JsonNode> clientValues) {
        return new PromptRenderer(file).render(clientValues);
    }

    private Rendered render(Map<String, JsonNode> clientValues) {
        collectValues(clientValues);
        ObjectNode agent = (ObjectNode) fill(file.agent(), "/retell/agent");
        ObjectNode engine = (ObjectNode) fill(file.settings(), "/retell/settings");
        Map<String, String> parts = new LinkedHashMap<>();
        Map<String, List<Integer>> lineMaps = new LinkedHashMap<>();
        file.parts().forEach((part, text) -> {
            List<Integer> lineMap = new ArrayList<>();
            parts.put(part, fillPart(part, text, lineMap));
            lineMaps.put(part, lineMap);
        });
        PromptParts.places(file.engine(), file.settings())
                .forEach((part, place) -> place.text()
                        .filter(PromptFile.PART::equals)
                        .flatMap(marker -> place.findHolder(engine))
                        .ifPresent(holder ->
                                holder.put(place.member(), Escapes.escapeDirective(parts.getOrDefault(part, "")))));
        file.variables().keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> problems.add(PromptProblem.warning(
                        "",
                        "/variables/" + name,
                        file.line("/variables/" + name),
                        "unused_variable",
                        "No text uses [[" + name + "]].")));
        return new Rendered(agent, engine, parts, lineMaps, List.copyOf(problems));
    }

    private void collectValues(Map<String, JsonNode> clientValues) {
        BUILT_IN.forEach(
                name -> Optional.ofNullable(clientValues.get(name)).ifPresent(value -> values.put(name, value)));
        file.variables().forEach((name, variable) -> {
            JsonNode value = clientValues.get(name);
            if (value == null || value.isNull()) {
                value = variable.defaultValue();
            }
            if (value == null || value.isNull()) {
                if (variable.required()) {
                    problem(name, "unresolved", "The variable “" + name + "” has no value.");
                }
                return;
            }
            Optional<String> wrong = VariableValues.findFault(variable, value);
            if (wrong.isPresent()) {
                problem(name, "bad_value", "The value of “" + name + "” " + wrong.get());
            } else {
                values.put(name, value);
            }
        });
    }

    private void problem(String name, String code, String message) {
        String place = "/variables/" + name;
        problems.add(PromptProblem.error("", place, file.line(place), code, message));
    }

    private JsonNode fill(JsonNode value, String pointer) {
        if (value instanceof ObjectNode object) {
            ObjectNode filled = Json.object();
            object.properties()
                    .forEach(member ->
                            filled.set(member.getKey(), fill(member.getValue(), pointer + "/" + member.getKey())));
            return filled;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode filled = Json.MAPPER.createArrayNode();
            for (int i = 0; i < array.size(); i++) {
                filled.add(fill(array.get(i), pointer + "/" + i));
            }
            return filled;
        }
        if (!value.isString()) {
            return value;
        }
        String text = value.asString();
        Matcher alone = ALONE.matcher(text);
        if (alone.matches()) {
            JsonNode whole =
                    value(alone.group(1), "", pointer, file.line(pointer)).orElse(null);
            return whole == null || whole.isString() ? escaped(whole == null ? "" : whole.asString()) : whole;
        }
        String filled = fillLine(text, "", pointer, file.line(pointer));
        // A directive is the file's own, never a value's.
        return !text.startsWith("%") && filled.startsWith("%") ? escaped(filled) : node(filled);
    }

    private static JsonNode escaped(String text) {
        return node(Escapes.escapeDirective(text));
    }

    private static JsonNode node(String text) {
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }

    private String fillPart(String part, String text, List<Integer> lineMap) {
        List<String> rendered = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        int first = file.line(part);
        for (int i = 0; i < lines.length; i++) {
            List<String> filled = fillPartLine(lines[i], part, first + i);
            for (int each = 0; each < filled.size(); each++) {
                lineMap.add(i);
            }
            rendered.addAll(filled);
        }
        return String.join("\n", rendered);
    }

    private List<String> fillPartLine(String line, String part, int number) {
        Matcher alone = ALONE.matcher(line.strip());
        if (alone.matches()) {
            Optional<JsonNode> value = value(alone.group(1), part, "", number);
            if (value.filter(JsonNode::isArray).isPresent()) {
                return value.get().valueStream().map(JsonNode::asString).toList();
            }
        }
        // A value of several lines becomes as many.
        return List.of(fillLine(line, part, "", number).split("\n", -1));
    }

    private String fillLine(String text, String part, String pointer, int line) {
        return Escapes.VARIABLE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).isEmpty()
                                ? value(found.group(2), part, pointer, line)
                                        .map(PromptRenderer::text)
                                        .orElse("")
                                : found.group().substring(1)));
    }

    private Optional<JsonNode> value(String name, String part, String pointer, int line) {
        used.add(name);
        if (!file.variables().containsKey(name) && !BUILT_IN.contains(name) && problems.size() < MAX_PROBLEMS) {
            problems.add(PromptProblem.error(
                            part, pointer, line, "unknown_variable", "[[" + name + "]] is not declared in variables.")
                    .withHint("Declare it, or write \\[[" + name + "]] to mean the text."));
        }
        return Optional.ofNullable(values.get(name)).filter(value -> fits(value, part, pointer, line));
    }

    private boolean fits(JsonNode value, String part, String pointer, int line) {
        boolean fitted = filledIn <= MAX_FILLED_IN;
        filledIn += value.isArray()
                ? value.valueStream()
                        .mapToLong(item -> item.asString().length())
                        .sum()
                : value.asString("").length();
        if (fitted && filledIn > MAX_FILLED_IN) {
            problems.add(PromptProblem.error(
                    part, pointer, line, "too_large", "The values that are filled in are longer than 2 MiB together."));
        }
        return filledIn <= MAX_FILLED_IN;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(PromptRenderer::text).collect(Collectors.joining(", "));
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
    }

    /**
     * The object as the provider gets it: leading percent signs as they are meant, addresses and secrets in place of their names.
     *
     * @param directives answers {@code address ingress.retell} or {@code secret NAME}; empty when there is none
     * @throws PromptRejected with the code {@code unknown_target}
     */
    public static ObjectNode resolve(ObjectNode rendered, Function<String, Optional<String>> directives) {
        return (ObjectNode) Escapes.mapTexts(rendered, text -> {
            if (text.startsWith("%%")) {
                return text.substring(1);
            }
            if (!text.startsWith("%")) {
                return text;
            }
            return directives
                    .apply(text.substring(1))
                    .orElseThrow(() -> new PromptRejected(
                            PromptProblem.error("", "", 1, "unknown_target", "Nothing answers to “" + text + "”.")));
        });
    }
}
