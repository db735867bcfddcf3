package dev.patchbay.billing.rating;

import dev.patchbay.billing.terms.TermsReader;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.usage.BillableRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Records of made-up calls, and terms written as JSON. */
final class RatingFixture {

    static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final ConnectionId CONNECTION = new ConnectionId("con_rating");

    private final List<BillableRecord> records = new ArrayList<>();

    static PlanTerms terms(String json) {
        return TermsReader.read(Json.read(json));
    }

    /** A call with its talk time and one product, billed for the same seconds. */
    RatingFixture call(String subject, Instant at, int seconds, String cost) {
        add(subject, at, "call", "talk_seconds", seconds, "0", "USD");
        return add(subject, at, "voice", "seconds", seconds, cost, "USD");
    }

    RatingFixture add(
            String subject, Instant at, String product, String metric, int quantity, String cost, String currency) {
        records.add(new BillableRecord(
                records.size() / 2 + 1,
                records.size() % 2 + 1,
                CONNECTION,
                subject,
                product,
                0,
                metric,
                BigDecimal.valueOf(quantity),
                new BigDecimal(cost),
                currency,
                "agent_1",
                "1",
                at,
                at.atZone(ZoneOffset.UTC).toLocalDate(),
                false));
        return this;
    }

    /** Takes back everything that was recorded for the call. */
    RatingFixture reverse(String subject) {
        records.stream()
                .filter(record -> record.subject().equals(subject) && !record.reversal())
                .toList()
                .forEach(record -> records.add(new BillableRecord(
                        records.size() + 1L,
                        1,
                        record.connection(),
                        record.subject(),
                        record.product(),
                        record.leg(),
                        record.metric(),
                        record.quantity().negate(),
                        record.cost().negate(),
                        record.currency(),
                        record.agentId(),
                        record.agentVersion(),
                        record.occurredAt(),
                        record.localDay(),
                        true)));
        return this;
    }

    List<BillableRecord> records() {
        return List.copyOf(records);
    }

    /** Calls within October 2026. */
    static List<BillableRecord> randomCalls(Random random, int calls) {
        var fixture = new RatingFixture();
        for (int call = 0; call < calls; call++) {
            fixture.call(
                    "call_" + call,
                    START.plusSeconds(random.nextInt(31 * 86_400)),
                    random.nextInt(900),
                    BigDecimal.valueOf(random.nextInt(10_000_000), 7).toPlainString());
        }
        return fixture.records();
    }
}
