package dev.patchbay.usage.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.usage.BillableRecord;
import dev.patchbay.usage.BillableUsage;
import dev.patchbay.usage.UsageFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Billing reads a client's records up to a sequence, in their order. */
@PatchbayTest
class BillableUsageTests {

    private static final Instant NOON = Instant.parse("2026-10-10T12:00:00Z");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private BillableUsage usage;

    @Test
    void recordsOfAClientAreReadUpToASequence() {
        var agency = new UsageFixture(application, "one");
        agency.call("one", NOON, 60, Json.object());
        agency.collect(NOON.minusSeconds(60));
        ClientId client = agency.putClient("a", "UTC");
        agency.map("one", "a");

        long last = usage.sequenceOf(agency.tenant, client);
        List<BillableRecord> records =
                usage.list(agency.tenant, client, NOON.minusSeconds(60), NOON.plusSeconds(60), last);

        assertThat(last).isPositive();
        assertThat(records).extracting(BillableRecord::product).contains("call");
        assertThat(records).noneMatch(BillableRecord::reversal).allMatch(record -> record.seq() <= last);
        assertThat(usage.list(agency.tenant, client, NOON.minusSeconds(60), NOON.plusSeconds(60), 0))
                .isEmpty();
        assertThat(usage.list(agency.tenant, client, NOON.plusSeconds(60), NOON.plusSeconds(120), last))
                .isEmpty();
        assertThat(usage.sequenceOf(agency.tenant, agency.client("unknown"))).isZero();
    }
}
