package dev.patchbay.usage.canary;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.Attributions;
import dev.patchbay.usage.records.Rollups;
import dev.patchbay.usage.records.UsageBatch;
import dev.patchbay.usage.records.UsageWriter;
import dev.patchbay.usage.reports.UsageReports;
import dev.patchbay.usage.spi.UsageStatement;
import dev.patchbay.usage.spi.UsageStatement.Charge;
import dev.patchbay.usage.spi.UsageStatement.Metric;
import dev.patchbay.usage.spi.UsageStatement.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Records a call of 60 s for 0.07 USD every quarter of an hour in the way in which a provider's calls are recorded, and reads
 * it in the way in which people read usage. A call that cannot be read 20 minutes after its quarter raises the alarm once.
 */
@Component
class UsageCanary extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(UsageCanary.class);
    private static final Duration INTERVAL = Duration.ofMinutes(15);
    private static final Duration MAX_DELAY = Duration.ofMinutes(20);
    private static final ConnectionId CONNECTION = new ConnectionId("con_canary");
    private static final Source SOURCE = new Source("agent", "agent_canary");
    private static final Currency USD = Currency.getInstance("USD");

    private final CanarySettings settings;
    private final UsageWriter writer;
    private final Attributions attributions;
    private final Rollups rollups;
    private final UsageReports reports;
    private final MeterRegistry meters;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    /** The first quarter that this process must record. */
    private final Instant responsibleFrom;

    private Instant alarmed = Instant.MIN;

    UsageCanary(
            CanarySettings settings,
            UsageWriter writer,
            Attributions attributions,
            Rollups rollups,
            UsageReports reports,
            MeterRegistry meters,
            Tenancy tenancy,
            ApplicationEventPublisher events,
            Settings process,
            Clock clock) {
        super(
                "usage-canary",
                settings.pollInterval(),
                !settings.tenant().isEmpty() && process.roles().contains("worker"));
        this.settings = settings;
        this.writer = writer;
        this.attributions = attributions;
        this.rollups = rollups;
        this.reports = reports;
        this.meters = meters;
        this.tenancy = tenancy;
        this.events = events;
        this.clock = clock;
        this.responsibleFrom = quarter(clock.instant());
    }

    private static Instant quarter(Instant moment) {
        long seconds = moment.getEpochSecond();
        return Instant.ofEpochSecond(seconds - seconds % INTERVAL.toSeconds());
    }

    @Override
    protected void runOnce() {
        Instant now = clock.instant();
        try {
            record(quarter(now));
        } finally {
            check(now);
        }
    }

    /** Records the call of the quarter. Recording a quarter again changes nothing. */
    void record(Instant quarter) {
        TenantId tenant = new TenantId(settings.tenant());
        attributions.follow(tenant, CONNECTION, SOURCE, Optional.of(settings.client()));
        writer.write(new UsageBatch(tenant, CONNECTION, List.of(statement(quarter)), List.of(), null, null));
        rollups.catchUp(tenant);
    }

    private static UsageStatement statement(Instant quarter) {
        return new UsageStatement(
                subject(quarter),
                quarter,
                SOURCE,
                SOURCE.externalId(),
                "1",
                Json.object().put("canary", quarter.toString()),
                List.of(
                        new Charge(
                                UsageStatement.CALL,
                                0,
                                Metric.TALK_SECONDS,
                                BigDecimal.valueOf(60),
                                BigDecimal.ZERO,
                                USD),
                        new Charge("voice", 0, Metric.SECONDS, BigDecimal.valueOf(60), new BigDecimal("0.07"), USD)));
    }

    private static String subject(Instant quarter) {
        return "canary_" + quarter.getEpochSecond();
    }

    /**
     * Returns whether the call of the last quarter that ended 20 minutes ago can be read; true before there is such a quarter.
     */
    boolean check(Instant now) {
        Instant due = quarter(now.minus(MAX_DELAY));
        if (due.isBefore(responsibleFrom) || isReadable(due)) {
            return true;
        }
        if (alarmed.isBefore(due)) {
            alarmed = due;
            meters.counter("usage.alarms", "alarm", "canary").increment();
            LOG.error(
                    "the usage canary of {} is not in the usage of {}; usage is not recorded as it should be",
                    due,
                    settings.client());
            announce(due);
        }
        return false;
    }

    private void announce(Instant due) {
        TenantId tenant = new TenantId(settings.tenant());
        tenancy.inTenant(
                tenant,
                () -> events.publishEvent(new Notice(
                        TenantScope.of(tenant),
                        NoticeTopic.USAGE_CANARY_MISSED,
                        "usage/canary",
                        "canary " + due,
                        Map.of("quarter", due.toString()))));
    }

    private boolean isReadable(Instant quarter) {
        var scope = TenantScope.of(new TenantId(settings.tenant()), new ClientId(settings.client()));
        try {
            return reports.getCall(scope, subject(quarter), false)
                            .call()
                            .talkSeconds()
                            .intValueExact()
                    == 60;
        } catch (Problem missing) {
            return false;
        }
    }
}
