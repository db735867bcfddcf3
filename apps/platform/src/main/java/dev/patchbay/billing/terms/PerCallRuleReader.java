package dev.patchbay.billing.terms;

import dev.patchbay.billing.input.JsonInput;
import dev.patchbay.usage.PerCallRule;
import java.math.BigDecimal;

/** Reads the rule that is applied to each call's seconds. */
public final class PerCallRuleReader {

    private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

    private PerCallRuleReader() {}

    public static PerCallRule read(JsonInput rule) {
        return new PerCallRule(
                readSeconds(rule, "minimum"), readSeconds(rule, "increment"), readSeconds(rule, "freeBelow"));
    }

    private static BigDecimal readSeconds(JsonInput rule, String member) {
        BigDecimal seconds = rule.amount(member).orElse(BigDecimal.ZERO);
        if (seconds.compareTo(DAY) > 0) {
            rule.reject(member, "This is at most a day, " + DAY + " seconds.");
        }
        return seconds;
    }
}
