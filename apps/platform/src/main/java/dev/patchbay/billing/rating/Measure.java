package dev.patchbay.billing.rating;

import dev.patchbay.usage.PerCallRule;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call's usage that a charge counts.
 *
 * @param product the product; null for the call itself, whose seconds are the talk time; for a cost, null means all products
 * @param leg null for all legs
 * @param agent null for all agents
 * @param perCall the rule that is applied to the quantity of each call
 */
public record Measure(
        Quantity of,
        @Nullable String product,
        @Nullable Integer leg,
        @Nullable String agent,
        PerCallRule perCall) {

    /** The kinds of quantities. */
    public enum Quantity {
        SECONDS,
        CALLS,
        SEGMENTS,
        TOKENS,
        COST
    }

    /** A rule that leaves every call's quantity as it is. */
    public static final PerCallRule NO_RULE = new PerCallRule(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    /**
     * Returns the quantity of the call after the rule; zero when the call used nothing that this counts.
     *
     * @throws UnpricedQuantity when the quantity is a cost in another currency
     */
    BigDecimal measure(CallUsage call, Currency currency) {
        if (agent != null && !agent.equals(call.agentId())) {
            return BigDecimal.ZERO;
        }
        BigDecimal quantity = call.parts().stream()
                .filter(part -> leg == null || leg == part.leg())
                .filter(this::counts)
                .map(part -> switch (of) {
                    case COST -> requireCost(part, call, currency);
                    case CALLS -> BigDecimal.ONE;
                    case SECONDS, SEGMENTS, TOKENS -> part.quantity();
                })
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        // A credit for a call may be negative; rules about the length of a call do not apply to it.
        return quantity.signum() < 0 ? quantity : perCall.billableSeconds(quantity);
    }

    private static BigDecimal requireCost(CallUsage.Part part, CallUsage call, Currency currency) {
        if (part.cost().signum() != 0 && !part.currency().equals(currency.getCurrencyCode())) {
            throw new UnpricedQuantity("Call " + call.subject() + " cost " + part.currency()
                    + ", and a percentage of it cannot be charged in " + currency + ".");
        }
        return part.cost();
    }

    private boolean counts(CallUsage.Part part) {
        return switch (of) {
            case SECONDS ->
                product == null
                        ? part.product().equals(CallUsage.CALL)
                        : part.product().equals(product) && part.metric().endsWith("seconds");
            case CALLS -> part.product().equals(CallUsage.CALL);
            case SEGMENTS, TOKENS -> part.metric().equals(of == Quantity.TOKENS ? "tokens" : "segments");
            case COST -> product == null || part.product().equals(product);
        };
    }
}
