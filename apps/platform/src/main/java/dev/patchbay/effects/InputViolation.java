package dev.patchbay.effects;

import com.networknt.schema.Error;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What is wrong with an input, said so that whoever wrote the flow knows what to change. */
record InputViolation(String function, JsonNode schema) {

    private static final int LONGEST = 60;

    String sentence(Error error) {
        if (error.getEvaluationPath().toString().contains("anyOf")) {
            return "%s needs %s; the flow gave none of them.".formatted(function, alternatives());
        }
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "required" -> "%s needs “%s”; the flow gave none.".formatted(function, error.getProperty());
            case "type" ->
                value.isNull()
                        ? "%s needs “%s”; the flow gave null there.".formatted(function, name(error))
                        : "“%s” of %s is %s, which is of the wrong type: %s."
                                .formatted(name(error), function, shown(value), error.getMessage());
            case "pattern" ->
                "“%s” of %s is %s; it has to be: %s.".formatted(name(error), function, shown(value), described(error));
            case "minLength" -> "“%s” of %s is empty.".formatted(name(error), function);
            case "maxLength" ->
                "“%s” of %s has %d characters; %s at most."
                        .formatted(
                                name(error),
                                function,
                                value.asString("").length(),
                                error.getSchemaNode().asString());
            default -> "“%s” of %s is %s: %s.".formatted(name(error), function, shown(value), error.getMessage());
        };
    }

    /** The member, as a flow's author would point at it, for example {@code tags/0}. */
    private static String name(Error error) {
        return error.getInstanceLocation().toString().replaceFirst("^/", "");
    }

    private String alternatives() {
        return schema.path("anyOf")
                .valueStream()
                .map(one -> one.at("/required/0").asString(""))
                .collect(Collectors.joining(" or "));
    }

    private String described(Error error) {
        return schema.at("/properties/" + name(error) + "/description").asString("written otherwise");
    }

    /** Short, and without what nobody may read. */
    private static String shown(JsonNode value) {
        String text = Redaction.redact(value.isString() ? value.asString() : Json.write(value));
        return "“" + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + "”";
    }
}
