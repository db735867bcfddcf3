package dev.patchbay.sandbox.retell;

import dev.patchbay.sandbox.core.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code call_cost} of a call as Retell states it, in fractional cents with at most seven decimal places. A product costs
 * its rate a minute times the seconds, rounded; that is not its rounded unit price times the seconds.
 */
final class RetellCost {

    static final String SURCHARGE = "llm_token_surcharge";

    private static final int PLACES = 7;
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);
    private static final int FREE_TOKENS = 3500;
    private static final int MINIMUM_SECONDS = 10;

    /** The price list of an agent that has none of its own. */
    private static final List<Price> DEFAULT_PRICES = List.of(
            new Price("elevenlabs_tts", new BigDecimal("7")),
            new Price("gemini_2_0_flash", new BigDecimal("0.6")),
            new Price("background_voice_cancellation", new BigDecimal("0.5")));

    private RetellCost() {}

    /** @param centsPerMinute of a product */
    private record Price(String product, BigDecimal centsPerMinute) {

        boolean isModel() {
            return product.matches("(gpt|gemini|claude|llm).*");
        }

        BigDecimal costOf(long seconds) {
            return round(centsPerMinute.multiply(BigDecimal.valueOf(seconds)));
        }

        BigDecimal unitPrice() {
            return round(centsPerMinute);
        }

        private static BigDecimal round(BigDecimal centsTimesSixty) {
            return plain(centsTimesSixty.divide(MINUTE, PLACES, RoundingMode.HALF_UP));
        }
    }

    /**
     * The quantities for which a call is billed.
     *
     * @param dynamicOpening whether the agent speaks first with a generated message: at least 10 s are billed
     * @param averageTokens input tokens a request; above 3,500 the model is billed for more seconds
     * @param transferMillis the leg after a transfer; 0 for none
     */
    record Measure(long durationMillis, boolean dynamicOpening, int averageTokens, long transferMillis) {

        long seconds() {
            long seconds = Math.ceilDiv(durationMillis, 1000L);
            return dynamicOpening && seconds > 0 && seconds < MINIMUM_SECONDS ? MINIMUM_SECONDS : seconds;
        }

        long extraSeconds() {
            return averageTokens > FREE_TOKENS ? Math.ceilDiv(seconds() * averageTokens, FREE_TOKENS) - seconds() : 0;
        }

        long transferSeconds() {
            return Math.ceilDiv(transferMillis, 1000L);
        }
    }

    /** @param agent whose {@code prices: [{product, centsPerMinute}]} apply; the first one is telephony, which a transfer repeats */
    static ObjectNode of(JsonNode agent, Measure measure) {
        List<Price> prices = prices(agent);
        List<ObjectNode> products = new ArrayList<>();
        for (Price price : prices) {
            products.add(
                    product(price.product(), price.costOf(measure.seconds())).put("unit_price", price.unitPrice()));
            if (price.isModel() && measure.extraSeconds() > 0) {
                products.add(product(SURCHARGE, price.costOf(measure.extraSeconds())));
            }
        }
        if (measure.transferSeconds() > 0 && !prices.isEmpty()) {
            Price telephony = prices.getFirst();
            products.add(product(telephony.product(), telephony.costOf(measure.transferSeconds()))
                    .put("unit_price", telephony.unitPrice())
                    .put("is_transfer_leg_cost", true));
        }
        BigDecimal unitPrice = prices.stream().map(Price::unitPrice).reduce(BigDecimal.ZERO, BigDecimal::add);
        return total(
                Json.object()
                        .put("total_duration_seconds", measure.seconds())
                        .put("total_duration_unit_price", plain(unitPrice)),
                products);
    }

    private static List<Price> prices(JsonNode agent) {
        return agent.has("prices")
                ? agent.path("prices")
                        .valueStream()
                        .map(price -> new Price(
                                Json.text(price, "product"), new BigDecimal(Json.text(price, "centsPerMinute"))))
                        .toList()
                : DEFAULT_PRICES;
    }

    private static ObjectNode product(String name, BigDecimal cost) {
        return Json.object().put("product", name).put("cost", cost);
    }

    /** Sets the products and their sum. */
    static ObjectNode total(ObjectNode cost, List<ObjectNode> products) {
        BigDecimal sum =
                products.stream().map(it -> it.path("cost").decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add);
        cost.put("combined_cost", plain(sum));
        cost.set("product_costs", Json.array(products));
        return cost;
    }

    /** The cost with every product multiplied by the factor and rounded. */
    static ObjectNode scale(JsonNode cost, BigDecimal factor) {
        List<ObjectNode> products = cost.path("product_costs")
                .valueStream()
                .map(product -> ((ObjectNode) product.deepCopy())
                        .put(
                                "cost",
                                plain(product.path("cost")
                                        .decimalValue()
                                        .multiply(factor)
                                        .setScale(PLACES, RoundingMode.HALF_UP))))
                .toList();
        return total((ObjectNode) cost.deepCopy(), products);
    }

    /** The cost as Retell wrote it when it still computed with doubles: digits beyond the seventh place. */
    static ObjectNode asDoubles(JsonNode cost) {
        ObjectNode doubles = (ObjectNode) cost.deepCopy();
        double sum = 0;
        for (JsonNode product : doubles.path("product_costs")) {
            double value = Math.nextUp(product.path("cost").asDouble());
            ((ObjectNode) product).put("cost", value);
            sum += value;
        }
        return doubles.put("combined_cost", sum);
    }

    static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
