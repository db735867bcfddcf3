package dev.patchbay.effects;

import com.networknt.schema.Error;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says in one sentence how an input violates its schema, in words from which a flow's author knows what to change. */
record InputViolation(String function, JsonNode schema) {

    private static final int MAX_QUOTED_CHARACTERS = 60;

    String sentence(Error error) {
        if (error.getEvaluationPath().toString().contains("anyOf")) {
            return "%s needs %s; the flow gave none of them.".formatted(function, alternatives());
        }
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "required" -> "%s needs “%s”; the flow gave none.".formatted(function, error.getProperty());
            case "type" ->
                value.isNull()
                        ? "%s needs “%s”; the flow gave null there.".formatted(function, member(error))
                        : "“%s” of %s is %s, which is of the wrong type: %s."
                                .formatted(member(error), function, quote(value), error.getMessage());
            case "pattern" ->
                "“%s” of %s is %s; it has to be: %s.".formatted(member(error), function, quote(value), rule(error));
            case "minLength" -> "“%s” of %s is empty.".formatted(member(error), function);
            case "maxLength" ->
                "“%s” of %s has %d characters; %s at most."
                        .formatted(
                                member(error),
                                function,
                                value.asString("").length(),
                                error.getSchemaNode().asString());
            default -> "“%s” of %s is %s: %s.".formatted(member(error), function, quote(value), error.getMessage());
        };
    }

    /** The path of the member, for example {@code tags/0}. */
    private static String member(Error error) {
        return error.getInstanceLocation().toString().replaceFirst("^/", "");
    }

    private String alternatives() {
        return schema.path("anyOf")
                .valueStream()
                .map(one -> one.at("/required/0").asString(""))
                .collect(Collectors.joining(" or "));
    }

    private String rule(Error error) {
        return schema.at("/properties/" + member(error) + "/description").asString("written otherwise");
    }

    /** Shortened and redacted. */
    private static String quote(JsonNode value) {
        String text = Redaction.text(value.isString() ? value.asString() : Json.write(value));
        return "“" + (text.length() > MAX_QUOTED_CHARACTERS ? text.substring(0, MAX_QUOTED_CHARACTERS) + "…" : text)
                + "”";
    }
}
