package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.Preconditions;
import net.thisptr.jackson.jq.path.Path;

/** {@code _match_impl(pattern; flags; test)}, the base of {@code test}, {@code match}, {@code capture}, {@code scan} and {@code splits}. */
final class MatchFunction implements Function {

    static final String NAME = "_match_impl/3";

    @Override
    public void apply(
            Scope scope, List<Expression> arguments, JsonNode in, Path path, PathOutput output, Version version)
            throws JsonQueryException {
        Preconditions.checkInputType(NAME, in, JsonNodeType.STRING);
        arguments
                .get(2)
                .apply(
                        scope,
                        in,
                        test -> arguments.get(1).apply(scope, in, flags -> {
                            Preconditions.checkArgumentType(NAME, 2, flags, JsonNodeType.STRING, JsonNodeType.NULL);
                            arguments.get(0).apply(scope, in, pattern -> {
                                Preconditions.checkArgumentType(NAME, 1, pattern, JsonNodeType.STRING);
                                RegexSearch regexSearch = RegexSearch.of(
                                        pattern.textValue(), flags.isNull() ? "" : flags.textValue(), in.textValue());
                                List<RegexSearch.Match> matches = regexSearch.findMatches();
                                output.emit(
                                        test.asBoolean()
                                                ? BooleanNode.valueOf(!matches.isEmpty())
                                                : matchObjects(regexSearch, matches),
                                        null);
                            });
                        }));
    }

    private static ArrayNode matchObjects(RegexSearch regexSearch, List<RegexSearch.Match> matches) {
        int[] characters = regexSearch.characterOffsets();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (RegexSearch.Match match : matches) {
            ObjectNode one = all.addObject()
                    .put("offset", characters[match.begin()])
                    .put("length", characters[match.end()] - characters[match.begin()])
                    .put("string", regexSearch.text(match.begin(), match.end()));
            ArrayNode captures = one.putArray("captures");
            for (RegexSearch.Group group : match.groups()) {
                String text = group.text().orElse(null);
                captures.addObject()
                        .put("offset", text == null ? -1 : characters[group.begin()])
                        .put("length", text == null ? 0 : text.codePointCount(0, text.length()))
                        .put("string", text)
                        .put("name", group.name().orElse(null));
            }
        }
        return all;
    }
}
