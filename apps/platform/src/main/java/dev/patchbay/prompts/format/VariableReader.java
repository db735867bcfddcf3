package dev.patchbay.prompts.format;

import dev.patchbay.kernel.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the declarations of variables. */
final class VariableReader {

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final int MAX_VARIABLES = 100;
    private static final int MAX_PATTERN = 500;
    private static final Set<String> MEMBERS = Set.of(
            "type", "title", "help", "required", "default", "example", "min", "max", "maxLength", "pattern", "choices");

    private VariableReader() {}

    static SequencedMap<String, Variable> read(
            JsonNode declared, Map<String, Integer> places, List<PromptProblem> problems) {
        SequencedMap<String, Variable> variables = new LinkedHashMap<>();
        if (declared.isMissingNode() || declared.isNull()) {
            return variables;
        }
        if (!declared.isObject() || declared.size() > MAX_VARIABLES) {
            problems.add(problem("/variables", places, "variables is a mapping of at most 100 variables."));
            return variables;
        }
        for (Map.Entry<String, JsonNode> entry : declared.properties()) {
            String place = "/variables/" + entry.getKey();
            Optional<String> wrong = findFault(entry.getKey(), entry.getValue());
            if (wrong.isPresent()) {
                problems.add(problem(place, places, wrong.get()));
            } else {
                variables.put(entry.getKey(), read(entry.getValue()));
            }
        }
        return variables;
    }

    private static Optional<String> findFault(String name, JsonNode declared) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of("A variable's name is small letters, digits and underscores, and begins with a letter.");
        }
        if (!declared.isObject()
                || VariableType.find(declared.path("type").asString("")).isEmpty()) {
            return Optional.of("The variable needs a type, such as text, integer, list or phone.");
        }
        for (String member : declared.propertyNames()) {
            if (!MEMBERS.contains(member)) {
                return Optional.of("“" + member + "” is no member of a variable.");
            }
        }
        if (declared.path("required").asBoolean(false) && declared.has("default")) {
            return Optional.of("A required variable has no default.");
        }
        if (declared.path("type").asString().equals("choice")
                && declared.path("choices").isEmpty()) {
            return Optional.of("A choice needs choices.");
        }
        return isPattern(declared.path("pattern").asString(""))
                ? Optional.empty()
                : Optional.of("pattern is no regular expression of RE2, or longer than 500 characters.");
    }

    private static boolean isPattern(String pattern) {
        try {
            com.google.re2j.Pattern.compile(pattern);
            return pattern.length() <= MAX_PATTERN;
        } catch (com.google.re2j.PatternSyntaxException malformed) {
            return false;
        }
    }

    private static Variable read(JsonNode declared) {
        return new Variable(
                VariableType.find(declared.path("type").asString()).orElseThrow(),
                text(declared, "title"),
                text(declared, "help"),
                declared.path("required").asBoolean(false),
                value(declared, "default"),
                value(declared, "min"),
                value(declared, "max"),
                declared.path("maxLength").isNumber()
                        ? declared.path("maxLength").asInt()
                        : null,
                text(declared, "pattern"),
                declared.path("choices")
                        .valueStream()
                        .map(choice -> choice.asString(""))
                        .toList(),
                value(declared, "example"));
    }

    static ObjectNode write(SequencedMap<String, Variable> variables) {
        ObjectNode declared = Json.object();
        variables.forEach((name, variable) -> {
            ObjectNode each =
                    declared.putObject(name).put("type", variable.type().wireName());
            set(each, "title", variable.title() == null ? null : Json.tree(variable.title()));
            set(each, "help", variable.help() == null ? null : Json.tree(variable.help()));
            if (variable.required()) {
                each.put("required", true);
            }
            set(each, "default", variable.defaultValue());
            set(each, "min", variable.min());
            set(each, "max", variable.max());
            set(each, "maxLength", variable.maxLength() == null ? null : Json.tree(variable.maxLength()));
            set(each, "pattern", variable.pattern() == null ? null : Json.tree(variable.pattern()));
            set(each, "choices", variable.choices().isEmpty() ? null : Json.tree(variable.choices()));
            set(each, "example", variable.example());
        });
        return declared;
    }

    private static void set(ObjectNode object, String member, @Nullable JsonNode value) {
        if (value != null) {
            object.set(member, value);
        }
    }

    private static @Nullable String text(JsonNode declared, String member) {
        return declared.path(member).isString() ? declared.path(member).asString() : null;
    }

    private static @Nullable JsonNode value(JsonNode declared, String member) {
        return declared.has(member) ? declared.path(member) : null;
    }

    private static PromptProblem problem(String place, Map<String, Integer> places, String message) {
        return PromptProblem.error("", place, places.getOrDefault(place, 1), "schema", message);
    }
}
