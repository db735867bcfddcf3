package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.Preconditions;
import net.thisptr.jackson.jq.path.Path;

/** {@code _sub_impl(pattern; replacement; flags)}, the base of {@code sub} and {@code gsub}. */
final class SubstituteFunction implements Function {

    static final String NAME = "_sub_impl/3";

    @Override
    public void apply(
            Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        Preconditions.checkInputType(NAME, in, JsonNodeType.STRING);
        arguments.get(0).apply(scope, in, pattern -> {
            Preconditions.checkArgumentType(NAME, 1, pattern, JsonNodeType.STRING);
            arguments.get(2).apply(scope, in, flags -> {
                Preconditions.checkArgumentType(NAME, 3, flags, JsonNodeType.STRING);
                RegexSearch regexSearch = RegexSearch.of(pattern.textValue(), flags.textValue(), in.textValue());
                for (StringBuilder text : substitute(scope, regexSearch, arguments.get(1))) {
                    output.emit(TextNode.valueOf(text.toString()), null);
                }
            });
        });
    }

    /** One text for each combination of the values that the replacement yields. */
    private static List<StringBuilder> substitute(Scope scope, RegexSearch regexSearch, Expression replacement)
            throws JsonQueryException {
        List<StringBuilder> texts = List.of(new StringBuilder());
        int copied = 0;
        for (RegexSearch.Match match : regexSearch.findMatches()) {
            String before = regexSearch.text(copied, match.begin());
            List<String> replacements = new ArrayList<>();
            replacement.apply(scope, captures(match), yielded -> replacements.add(before + yielded.asText()));
            texts = combine(texts, replacements);
            copied = match.end();
        }
        return combine(texts, List.of(regexSearch.text(copied, regexSearch.length())));
    }

    private static List<StringBuilder> combine(List<StringBuilder> texts, List<String> endings) {
        EvaluationBudget evaluationBudget = EvaluationBudget.CURRENT.get();
        List<StringBuilder> next = new ArrayList<>();
        for (String ending : endings) {
            for (StringBuilder text : texts) {
                evaluationBudget.countStep();
                evaluationBudget.countCharacters(
                        endings.size() == 1 ? ending.length() : text.length() + ending.length());
                StringBuilder longer = endings.size() == 1 ? text : new StringBuilder(text);
                next.add(longer.append(ending));
                EvaluationBudget.checkSize(longer.length());
            }
        }
        return next;
    }

    private static ObjectNode captures(RegexSearch.Match match) {
        ObjectNode captures = JsonNodeFactory.instance.objectNode();
        for (RegexSearch.Group group : match.groups()) {
            group.name().ifPresent(name -> captures.put(name, group.text().orElse(null)));
        }
        return captures;
    }
}
