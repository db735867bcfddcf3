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

/** {@code _match_impl(pattern; flags; test)}, on which {@code test}, {@code match}, {@code capture}, {@code scan} and {@code splits} rest. */
final class Matching implements Function {

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
                                Search search = Search.of(
                                        pattern.textValue(), flags.isNull() ? "" : flags.textValue(), in.textValue());
                                List<Search.Hit> hits = search.hits();
                                output.emit(
                                        test.asBoolean() ? BooleanNode.valueOf(!hits.isEmpty()) : told(search, hits),
                                        null);
                            });
                        }));
    }

    private static ArrayNode told(Search search, List<Search.Hit> hits) {
        int[] characters = search.characters();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Search.Hit hit : hits) {
            ObjectNode one = all.addObject()
                    .put("offset", characters[hit.begin()])
                    .put("length", characters[hit.end()] - characters[hit.begin()])
                    .put("string", search.text(hit.begin(), hit.end()));
            ArrayNode captures = one.putArray("captures");
            for (Search.Group group : hit.groups()) {
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
