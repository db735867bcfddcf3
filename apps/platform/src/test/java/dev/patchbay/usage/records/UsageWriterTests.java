package dev.patchbay.usage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.usage.UsageFixture;
import dev.patchbay.usage.records.UsageBatch.Written;
import dev.patchbay.usage.spi.UsageSource.Window;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class UsageWriterTests {

    private static final Instant NOON = Instant.parse("2026-10-10T12:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-10-10");
    private static final Window OCTOBER =
            new Window(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));
    private static final Charge CHARGE = new Charge(
            "voice", 0, UsageStatement.Metric.SECONDS, BigDecimal.TEN, BigDecimal.ONE, Currency.getInstance("USD"));

    @Autowired
    private ApplicationContext application;

    @Autowired
    private UsageWriter writer;

    @Autowired
    private RecordRepository records;

    @Autowired
    private InvoiceAdjustments adjustments;

    @Autowired
    private Attributions attributions;

    @Autowired
    private StreamRepository streams;

    @Autowired
    private Rollups rollups;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private UsageFixture agency;

    @BeforeEach
    void setUp() {
        agency = new UsageFixture(application, "one");
    }

    private Source source() {
        return new Source("agent", agency.agent("one"));
    }

    private Written write(List<UsageStatement> statements, List<String> vanished) {
        return writer.write(new UsageBatch(agency.tenant, UsageFixture.RETELL, statements, vanished, null, null));
    }

    private UsageStatement statement(String subject, Instant occurredAt) {
        return new UsageStatement(
                subject,
                occurredAt,
                source(),
                null,
                null,
                Json.object().put("start", occurredAt.toString()),
                List.of(CHARGE));
    }

    private List<LocalDate> days(String subject) {
        return tenancy
                .inTenant(
                        agency.tenant, () -> records.findCurrent(agency.tenant, UsageFixture.RETELL, List.of(subject)))
                .stream()
                .map(UsageRecord.Current::localDay)
                .sorted()
                .toList();
    }

    @Test
    void aSubjectVanishesOnce() {
        assertThat(write(List.of(), List.of("call_never"))).isEqualTo(new Written(0, 0, 0, 0));
        assertThat(write(List.of(statement("call_1", NOON)), List.of())).isEqualTo(new Written(1, 0, 0, 1));
        assertThat(write(List.of(), List.of("call_1"))).isEqualTo(new Written(0, 0, 1, 0));
        assertThat(write(List.of(), List.of("call_1"))).isEqualTo(new Written(0, 0, 0, 0));
        assertThat(days("call_1")).isEmpty();
    }

    @Test
    void aCallWhoseStartIsCorrectedMovesToTheOtherDay() {
        write(List.of(statement("call_1", NOON)), List.of());
        assertThat(days("call_1")).containsExactly(DAY);

        assertThat(write(List.of(statement("call_1", NOON.plusSeconds(86_400))), List.of()))
                .isEqualTo(new Written(0, 1, 0, 1));

        assertThat(days("call_1")).containsExactly(DAY.plusDays(1));
    }

    @Test
    void anInvoicedChargeCountsOnTheDayOfItsCallWithinThePeriodOnly() {
        for (Instant start : List.of(NOON, OCTOBER.from().minusSeconds(1), OCTOBER.to())) {
            write(List.of(statement("call_" + start, start)), List.of());
            adjustments.add(
                    agency.tenant,
                    UsageFixture.RETELL,
                    "call_" + start,
                    List.of(CHARGE),
                    OCTOBER,
                    NOON.plusSeconds(86_400));
        }
        assertThat(days("call_" + NOON)).containsExactly(DAY, DAY);
        assertThat(days("call_" + OCTOBER.from().minusSeconds(1)))
                .containsExactly(LocalDate.parse("2026-09-30"), DAY.plusDays(1));
        assertThat(days("call_" + OCTOBER.to())).containsExactly(DAY.plusDays(1), LocalDate.parse("2026-11-01"));
    }

    @Test
    void aSourceThatNeverHadAClientHasNoMapping() {
        attributions.follow(agency.tenant, UsageFixture.RETELL, source(), Optional.empty());
        assertThat(agency.get("usage/attributions").path("items")).isEmpty();
    }

    @Test
    void aMappingBeforeALaterOneIsNotTheLast() {
        String client = agency.putClient("a", "UTC").value();
        attributions.map(agency.tenant, UsageFixture.RETELL, source(), NOON, client);
        attributions.map(agency.tenant, UsageFixture.RETELL, source(), Instant.EPOCH, "");

        assertThat(attributions.isLast(agency.tenant, UsageFixture.RETELL, source(), NOON))
                .isTrue();
        assertThat(attributions.isLast(agency.tenant, UsageFixture.RETELL, source(), Instant.EPOCH))
                .isFalse();
    }

    /** Maps the source while the other transaction waits for the stream of usage without a client. */
    private <T> Future<T> whileMapped(String client, Callable<T> other) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return tenancy.inTenant(agency.tenant, () -> {
                streams.lock(agency.tenant, List.of("", client));
                Future<T> waiting = threads.submit(other);
                await().pollInSameThread()
                        .until(() -> jdbc.sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
                                        .query(Integer.class)
                                        .single()
                                > 0);
                attributions.map(agency.tenant, UsageFixture.RETELL, source(), Instant.EPOCH, client);
                return waiting;
            });
        }
    }

    @Test
    void aBatchIsRepeatedWhenItsSourceIsMappedMeanwhile() {
        String client = agency.putClient("a", "UTC").value();
        List<UsageStatement> statements = List.of(statement("call_1", NOON));

        assertThat(whileMapped(client, () -> write(statements, List.of())).exceptionNow())
                .isInstanceOf(AttributionChanged.class);

        assertThat(days("call_1")).isEmpty();
        assertThat(write(statements, List.of())).isEqualTo(new Written(1, 0, 0, 0));
    }

    @Test
    void anInvoicedChargeIsRepeatedWhenItsCallMovesMeanwhile() {
        String client = agency.putClient("a", "UTC").value();
        write(List.of(statement("call_1", NOON)), List.of());

        var adjusting = whileMapped(client, () -> {
            adjustments.add(agency.tenant, UsageFixture.RETELL, "call_1", List.of(CHARGE), OCTOBER, NOON);
            return true;
        });

        assertThat(adjusting.exceptionNow()).isInstanceOf(AttributionChanged.class);
        assertThat(days("call_1")).hasSize(1);
    }

    @Test
    void aMappingTriesAgainWhenUsageMovesMeanwhile() {
        String first = agency.putClient("a", "UTC").value();
        String second = agency.putClient("b", "UTC").value();
        write(List.of(statement("call_1", NOON)), List.of());

        var mapping = whileMapped(
                first, () -> attributions.map(agency.tenant, UsageFixture.RETELL, source(), Instant.EPOCH, second));

        assertThat(mapping.resultNow()).isEqualTo(1);
        assertThat(agency.sums("client", "2026-10-10", "2026-10-10").propertyNames())
                .containsExactly(second);
    }

    @Test
    void aDayWhoseSumDiffersFromItsRecordsIsFound() {
        write(List.of(statement("call_1", NOON)), List.of());
        assertThat(rollups.verify(agency.tenant)).isEmpty();

        tenancy.inTenant(
                agency.tenant,
                () -> jdbc.sql("DELETE FROM patchbay.usage_day WHERE tenant_id = :tenant")
                        .param("tenant", agency.tenant.value())
                        .update());

        assertThat(rollups.verify(agency.tenant)).isEqualTo(Map.of("", List.of(DAY)));
    }
}
