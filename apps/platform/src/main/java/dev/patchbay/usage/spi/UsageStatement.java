package dev.patchbay.usage.spi;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A provider's statement about the cost of one subject, such as a call.
 *
 * @param subject the provider's id of the call, message or generation
 * @param occurredAt when it began: decides its client and its day
 * @param source what attributes it to a client
 * @param agentVersion as the provider spells it
 * @param statement the provider's record, without personal data; kept as sent
 */
public record UsageStatement(
        String subject,
        Instant occurredAt,
        Source source,
        @Nullable String agentId,
        @Nullable String agentVersion,
        JsonNode statement,
        List<Charge> charges) {

    /** @param kind {@code agent}, {@code number} or {@code account}, as routes spell it */
    public record Source(String kind, String externalId) {}

    /**
     * One product of the subject.
     *
     * @param product the provider's name for it; {@link #CALL} for the call itself, which costs nothing
     * @param leg 0, or 1 for the leg after a transfer
     * @param cost in major units of the currency, with every digit that was stated
     */
    public record Charge(
            String product, int leg, Metric metric, BigDecimal quantity, BigDecimal cost, Currency currency) {}

    /** The unit of a charge's quantity. */
    public enum Metric {
        /** Seconds that people and agent talked. */
        TALK_SECONDS,
        /** Seconds that the product was billed for. */
        SECONDS,
        /** Seconds that a product was billed for beyond the call, such as a surcharge. */
        EXTRA_SECONDS,
        /** Segments of a text message. */
        SEGMENTS,
        /** Tokens of a model, sent and received. */
        TOKENS,
        /** No unit. */
        NONE
    }

    /** The product that stands for a call: its quantity is the talk time. */
    public static final String CALL = "call";

    /** The product that holds what the stated total has beyond the products. */
    public static final String UNEXPLAINED = "unexplained";
}
