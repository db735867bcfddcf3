package dev.patchbay.billing.rating;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.usage.BillableRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current usage of a call, message or generation: the sum of its records.
 *
 * @param agentId the agent's id in the record that was written last
 * @param agentVersion the agent's version in the record that was written last
 * @param parts the sums by product, leg and metric; parts that were taken back are missing
 */
public record CallUsage(
        ConnectionId connection,
        String subject,
        Instant startedAt,
        LocalDate localDay,
        @Nullable String agentId,
        @Nullable String agentVersion,
        List<Part> parts) {

    /** The product of the call itself; its quantity is the talk time. */
    static final String CALL = "call";

    private static final Comparator<CallUsage> BY_START = Comparator.comparing(CallUsage::startedAt)
            .thenComparing(CallUsage::subject)
            .thenComparing(call -> call.connection().value());

    private static final Comparator<Part> BY_NAME = Comparator.comparing(Part::product)
            .thenComparingInt(Part::leg)
            .thenComparing(Part::metric)
            .thenComparing(Part::currency);

    public CallUsage {
        parts = List.copyOf(parts);
    }

    /** The sum of one product, leg and metric. */
    public record Part(String product, int leg, String metric, String currency, BigDecimal quantity, BigDecimal cost) {}

    private record Key(ConnectionId connection, String subject) {}

    private record PartKey(String product, int leg, String metric, String currency) {}

    /** The sum of a call's records so far. */
    private static final class Sum {
        private final Map<PartKey, Part> parts = new HashMap<>();
        private final Map<PartKey, Integer> counts = new HashMap<>();
        private BillableRecord last;

        Sum(BillableRecord first) {
            this.last = first;
        }

        void add(BillableRecord record) {
            var key = new PartKey(record.product(), record.leg(), record.metric(), record.currency());
            counts.merge(key, record.reversal() ? -1 : 1, Integer::sum);
            parts.merge(
                    key,
                    new Part(key.product(), key.leg(), key.metric(), key.currency(), record.quantity(), record.cost()),
                    (one, other) -> new Part(
                            one.product(),
                            one.leg(),
                            one.metric(),
                            one.currency(),
                            one.quantity().add(other.quantity()),
                            one.cost().add(other.cost())));
            if (isAfter(record, last)) {
                last = record;
            }
        }

        private static boolean isAfter(BillableRecord one, BillableRecord other) {
            return one.seq() != other.seq() ? one.seq() > other.seq() : one.n() > other.n();
        }

        CallUsage toCall() {
            return new CallUsage(
                    last.connection(),
                    last.subject(),
                    last.occurredAt(),
                    last.localDay(),
                    last.agentId(),
                    last.agentVersion(),
                    parts.entrySet().stream()
                            .filter(part -> counts.getOrDefault(part.getKey(), 0) > 0)
                            .map(Map.Entry::getValue)
                            .sorted(BY_NAME)
                            .toList());
        }
    }

    /** Sums records given in any order. Calls are ordered by their start, and calls that were taken back are missing. */
    public static List<CallUsage> sum(Collection<BillableRecord> records) {
        var sums = new HashMap<Key, Sum>();
        for (BillableRecord record : records) {
            sums.computeIfAbsent(new Key(record.connection(), record.subject()), key -> new Sum(record))
                    .add(record);
        }
        return sums.values().stream()
                .map(Sum::toCall)
                .filter(call -> !call.parts().isEmpty())
                .sorted(BY_START)
                .toList();
    }
}
