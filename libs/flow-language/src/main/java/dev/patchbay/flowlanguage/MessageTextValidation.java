package dev.patchbay.flowlanguage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Warns of texts for people that may go out unfilled: “Hi null”, or a placeholder of another tool. A run refuses them. */
final class MessageTextValidation {

    /** The {@code format} of a text that people read. */
    private static final String TEXT_FOR_PEOPLE = "message";

    private static final Pattern FOREIGN = Pattern.compile("\\{\\{[^{}]{0,200}}}");

    /** A value of the event put into a text as it is; with {@code //} it would have a default. */
    private static final Pattern BARE_VALUE = Pattern.compile("\\\\\\(\\s*(\\$event[\\w.]{1,200})\\s*\\)");

    private final Problems problems;

    MessageTextValidation(Problems problems) {
        this.problems = problems;
    }

    /** @param pointer JSON pointer to the call's task */
    void check(Function function, JsonNode body, String pointer) {
        function.input().path("properties").properties().stream()
                .filter(member -> member.getValue().path("format").asString("").equals(TEXT_FOR_PEOPLE))
                .forEach(member -> checkText(
                        member.getKey(),
                        body.path("with").path(member.getKey()).asString(""),
                        pointer + "/with/" + member.getKey()));
    }

    private void checkText(String name, String text, String pointer) {
        Matcher foreign = FOREIGN.matcher(text);
        if (foreign.find()) {
            problems.warn(
                    pointer,
                    "foreign_placeholder",
                    "“%s” holds %s, which is no expression here; a run refuses to send it."
                            .formatted(name, foreign.group()),
                    "Write ${ \"Hello \\(.name)\" }.");
        }
        Matcher bare = BARE_VALUE.matcher(text);
        while (bare.find()) {
            problems.warn(
                    pointer,
                    "may_say_null",
                    "“%s” says “null” where %s is absent, and a run refuses to send it then."
                            .formatted(name, bare.group(1)),
                    "Give a default: (%s // \"there\").".formatted(bare.group(1)));
        }
    }
}
