package dev.patchbay.usage.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The usage of one day, client, agent, product or release, in one currency.
 *
 * @param key the day (ISO 8601), the client's or agent's id, the product, or {@code agent/version}; empty text for usage without
 *     a client or an agent
 * @param calls calls; by product, how often it was charged
 * @param talkSeconds how long people and agents talked
 * @param billedSeconds seconds that the provider charged for; of a product, its own
 * @param price what the client pays; null until its plan prices usage
 * @param cost what the provider charges; absent for readers without {@code read:costs}
 * @param upto the highest sequence number among the sums: a reader that has seen it has seen all usage before it
 */
public record UsageSum(
        String key,
        String currency,
        long calls,
        BigDecimal talkSeconds,
        BigDecimal billedSeconds,
        @Nullable Amount price,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Amount cost,
        long upto) {}
