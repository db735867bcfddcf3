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

/** {@code _sub_impl(pattern; replacement; flags)}, on which {@code sub} and {@code gsub} rest. */
final class Substitution implements Function {

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
                Search search = Search.of(pattern.textValue(), flags.textValue(), in.textValue());
                for (StringBuilder text : substituted(scope, search, arguments.get(1))) {
                    output.emit(TextNode.valueOf(text.toString()), null);
                }
            });
        });
    }

    /** One text for each combination of what the replacement yields. */
    private static List<StringBuilder> substituted(Scope scope, Search search, Expression replacement)
            throws JsonQueryException {
        List<StringBuilder> texts = List.of(new StringBuilder());
        int copied = 0;
        for (Search.Hit hit : search.hits()) {
            String before = search.text(copied, hit.begin());
            List<String> replacements = new ArrayList<>();
            replacement.apply(scope, captures(hit), yielded -> replacements.add(before + yielded.asText()));
            texts = combined(texts, replacements);
            copied = hit.end();
        }
        return combined(texts, List.of(search.text(copied, search.length())));
    }

    private static List<StringBuilder> combined(List<StringBuilder> texts, List<String> endings) {
        Budget budget = Budget.CURRENT.get();
        List<StringBuilder> next = new ArrayList<>();
        for (String ending : endings) {
            for (StringBuilder text : texts) {
                budget.step();
                budget.wrote(endings.size() == 1 ? ending.length() : text.length() + ending.length());
                StringBuilder longer = endings.size() == 1 ? text : new StringBuilder(text);
                next.add(longer.append(ending));
                Budget.refuseAbove(longer.length());
            }
        }
        return next;
    }

    private static ObjectNode captures(Search.Hit hit) {
        ObjectNode captures = JsonNodeFactory.instance.objectNode();
        for (Search.Group group : hit.groups()) {
            group.name().ifPresent(name -> captures.put(name, group.text().orElse(null)));
        }
        return captures;
    }
}
