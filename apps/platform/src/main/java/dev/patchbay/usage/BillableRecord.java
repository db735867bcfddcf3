package dev.patchbay.usage;

import dev.patchbay.kernel.ConnectionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A record of a client's usage, for billing. Records never change. A reversal has the opposite quantity and cost, so the
 * current usage is the sum of the records.
 *
 * @param seq the sequence number in the client's stream; with {@code n} it is the record's position
 * @param metric the metric in lower case, for example {@code talk_seconds}
 * @param cost the cost in major units
 * @param reversal whether it takes an earlier record back
 */
public record BillableRecord(
        long seq,
        int n,
        ConnectionId connection,
        String subject,
        String product,
        int leg,
        String metric,
        BigDecimal quantity,
        BigDecimal cost,
        String currency,
        @Nullable String agentId,
        @Nullable String agentVersion,
        Instant occurredAt,
        LocalDate localDay,
        boolean reversal) {}
