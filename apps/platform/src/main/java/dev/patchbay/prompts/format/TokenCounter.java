package dev.patchbay.prompts.format;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts the tokens of a rendered prompt that the model reads at every turn: the general prompt and tools, and the largest state
 * or node with its tools; in flex mode all nodes. All of OpenAI's models since gpt-4o use the encoding o200k_base; for other
 * vendors' models the count is an estimate, a fifth higher.
 */
public final class TokenCounter {

    /** Average input tokens a request above which Retell bills the model's product for more than the call's seconds. */
    public static final int FREE_TOKENS = 3500;

    /** The spoken conversation adds these tokens, until calls have been measured. */
    public static final int ASSUMED_SPOKEN = 900;

    private static final BigDecimal ESTIMATE = new BigDecimal("1.2");

    private TokenCounter() {}

    /**
     * Tokens a request.
     *
     * @param staticTokens of the prompt and tools
     * @param spoken of the conversation, on average
     * @param estimated whether the model's own encoding is unknown
     */
    public record Tokens(int staticTokens, int spoken, boolean estimated) {

        public int total() {
            return staticTokens + spoken;
        }

        /** The surcharge of a minute of the model, as a fraction of its price: {@code max(0, total / 3500 - 1)}. */
        public BigDecimal surchargeFactor() {
            return BigDecimal.valueOf(total())
                    .divide(BigDecimal.valueOf(FREE_TOKENS), 6, RoundingMode.HALF_UP)
                    .subtract(BigDecimal.ONE)
                    .max(BigDecimal.ZERO);
        }
    }

    /** Loaded with the first count: its table takes 30 MB. */
    private static final class O200k {
        private static final Encoding ENCODING =
                Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /** Tokens of a text; what looks like a special token is text. */
    public static int count(String text) {
        return O200k.ENCODING.countTokensOrdinary(text);
    }

    public static Tokens count(Engine engine, ObjectNode rendered) {
        UnaryOperator<String> unescape = text -> text.startsWith("%%") ? text.substring(1) : text;
        int general = count(unescape.apply(rendered.path(engine.generalMember()).asString("")));
        int tools = countTools(rendered.path("general_tools")) + countTools(rendered.path("tools"));
        boolean flex = rendered.path("flex_mode").asBoolean(false)
                || rendered.path("is_flex_mode").asBoolean(false);
        List<Integer> parts = new ArrayList<>(sizes(
                rendered.path("states"),
                state -> count(unescape.apply(state.path("state_prompt").asString("")))
                        + countTools(state.path("tools"))));
        parts.addAll(sizes(
                rendered.path("nodes"),
                node -> count(
                        unescape.apply(node.path("instruction").path("text").asString("")))));
        int part = flex
                ? parts.stream().mapToInt(Integer::intValue).sum()
                : parts.stream().mapToInt(Integer::intValue).max().orElse(0);
        String model = rendered.path("model")
                .asString(rendered.path("model_choice").path("model").asString("gpt-4.1"));
        boolean estimated = !model.startsWith("gpt-");
        int total = general + tools + part;
        return new Tokens(
                estimated
                        ? ESTIMATE.multiply(BigDecimal.valueOf(total))
                                .setScale(0, RoundingMode.CEILING)
                                .intValue()
                        : total,
                ASSUMED_SPOKEN,
                estimated);
    }

    private static List<Integer> sizes(JsonNode parts, ToIntFunction<JsonNode> size) {
        return parts.valueStream().map(size::applyAsInt).toList();
    }

    private static int countTools(JsonNode tools) {
        return tools.valueStream()
                .mapToInt(tool -> count(tool.path("name").asString(""))
                        + count(tool.path("description").asString(""))
                        + (tool.has("parameters")
                                ? count(tool.path("parameters").toString())
                                : 0))
                .sum();
    }
}
