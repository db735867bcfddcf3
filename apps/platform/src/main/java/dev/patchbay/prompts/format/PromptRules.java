package dev.patchbay.prompts.format;

import dev.patchbay.kernel.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Rules for what a prompt says: no secrets, nothing that no agent may say, no dynamic variable that nothing fills. */
final class PromptRules {

    private static final String HIDDEN = "[hidden]";

    private static final Pattern NEGATION =
            Pattern.compile("(?i)\\b(no|not|never|none|without|refuse|decline|stop|don['’]t|do not)\\b");
    private static final Pattern ASKS_FOR_CARD = Pattern.compile(
            "(?i)\\b(ask|request|collect|take|get|obtain|record|write down|note|read back|confirm)\\b[^.!?\\n]{0,80}?"
                    + "\\b(card (number|detail|data)s?|cvv|cvc|security code)\\b");
    private static final Pattern CLAIMS_HUMAN = Pattern.compile(
            "(?i)\\b(say|claim|pretend|insist|tell|answer|reply)\\b[^.!?\\n]{0,60}?\\b(you are|you're|to be|being)\\b"
                    + "[^.!?\\n]{0,20}?\\b(a human|human|a real person|a person)\\b");
    private static final Pattern DENIES_MACHINE = Pattern.compile(
            "(?i)\\b(never|not|don['’]t|deny)\\b[^.!?\\n]{0,40}?\\b(say|admit|reveal|tell|disclose|being|are)\\b[^.!?\\n]{0,40}?"
                    + "\\b(an ai|ai|a machine|a robot|a bot|virtual|artificial)\\b");
    private static final Pattern SENTENCE = Pattern.compile("[^.!?\\n]+");

    private static final Pattern DYNAMIC = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_/+-]{1,80})\\s*}}");
    /** The variables that Retell itself fills, and those that the response to an inbound call fills. */
    private static final Set<String> FILLED = Set.of(
            "call_id",
            "agent_id",
            "direction",
            "user_number",
            "agent_number",
            "session_duration",
            "session_type",
            "current_agent_state",
            "previous_agent_state",
            "call_type",
            "caller_name",
            "caller_known",
            "client_name");

    private static final Pattern FILLED_BY_TIME =
            Pattern.compile("current_(time|hour|calendar|date|day)(_[A-Za-z0-9_/+-]{1,64})?");

    private final PromptFile file;
    private final List<PromptProblem> problems = new ArrayList<>();

    private PromptRules(PromptFile file) {
        this.file = file;
    }

    static List<PromptProblem> check(PromptFile file, Rendered rendered) {
        PromptRules rules = new PromptRules(file);
        rules.checkTree(file.agent(), "/retell/agent", "");
        rules.checkTree(file.settings(), "/retell/settings", "");
        Set<String> defaults =
                Set.copyOf(file.settings().path("default_dynamic_variables").propertyNames());
        rendered.parts().forEach((part, text) -> {
            List<Integer> lineMap = rendered.lineMaps().getOrDefault(part, List.of());
            String[] lines = text.split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                rules.checkLine(part, lines[i], file.line(part) + (i < lineMap.size() ? lineMap.get(i) : 0), defaults);
            }
        });
        return rules.problems;
    }

    private void checkTree(JsonNode value, String pointer, String member) {
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                checkTree(entry.getValue(), pointer + "/" + entry.getKey(), entry.getKey());
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                checkTree(value.get(i), pointer + "/" + i, member);
            }
        } else if (value.isString() && !value.asString().startsWith("%secret ")) {
            checkText(value.asString(), pointer, member);
        }
    }

    private void checkText(String text, String pointer, String member) {
        boolean inRequest = pointer.contains("/headers/") || pointer.contains("/query_params/");
        if (isSecret(text) || (inRequest && isSecret(member + ": " + text))) {
            problems.add(
                    PromptProblem.error("", pointer, file.line(pointer), "looks_secret", "This looks like a secret.")
                            .withHint("Store it in the connection and write \"%secret NAME\"."));
        }
    }

    private static boolean isSecret(String text) {
        return !text.contains(HIDDEN) && Redaction.redact(text).contains(HIDDEN);
    }

    private void checkLine(String part, String line, int number, Set<String> defaults) {
        if (isSecret(line)) {
            problems.add(PromptProblem.error(part, "", number, "looks_secret", "This looks like a secret.")
                    .withHint("An agent says whatever stands in its prompt; leave it out."));
        }
        SENTENCE.matcher(line).results().map(sentence -> sentence.group()).forEach(sentence -> {
            if (ASKS_FOR_CARD.matcher(sentence).find()
                    && !NEGATION.matcher(sentence).find()) {
                problems.add(PromptProblem.error(part, "", number, "forbidden", "The agent would ask for card numbers.")
                        .withHint("Send a payment link; a card number that is spoken is in the recording."));
            }
            boolean claims = CLAIMS_HUMAN.matcher(sentence).find()
                    && !NEGATION.matcher(sentence).find();
            if (claims || DENIES_MACHINE.matcher(sentence).find()) {
                problems.add(
                        PromptProblem.error(part, "", number, "forbidden", "The agent would deny being a machine."));
            }
        });
        DYNAMIC.matcher(line).results().map(found -> found.group(1)).forEach(name -> {
            if (!FILLED.contains(name)
                    && !defaults.contains(name)
                    && !FILLED_BY_TIME.matcher(name).matches()) {
                problems.add(PromptProblem.warning(
                        part, "", number, "unknown_dynamic", "Nothing is known to fill {{" + name + "}}."));
            }
        });
    }
}
