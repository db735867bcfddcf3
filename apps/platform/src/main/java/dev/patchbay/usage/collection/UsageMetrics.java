package dev.patchbay.usage.collection;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.UsageBatch.Written;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what was collected, and raises the alarm when more than one call in a hundred belongs to no client. */
@Component
class UsageMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(UsageMetrics.class);
    private static final int ALARM_WINDOW_DAYS = 35;

    private final MeterRegistry meters;
    private final AttributionShareRepository shares;
    private final Tenancy tenancy;
    private final Clock clock;

    UsageMetrics(MeterRegistry meters, AttributionShareRepository shares, Tenancy tenancy, Clock clock) {
        this.meters = meters;
        this.shares = shares;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    void count(String provider, Written written, int failed) {
        count(provider, "fresh", written.fresh());
        count(provider, "corrected", written.corrected());
        count(provider, "vanished", written.vanished());
        count(provider, "unattributed", written.unattributed());
        count(provider, "failed", failed);
    }

    private void count(String provider, String outcome, int subjects) {
        meters.counter("usage.collected", "provider", provider, "outcome", outcome)
                .increment(subjects);
    }

    /** A pass that the provider interrupted. */
    void countFailure(String provider) {
        meters.counter("usage.collection.failures", "provider", provider).increment();
    }

    /** Called after a pass, when the daily sums are up to date. */
    void checkUnattributed(TenantId tenant) {
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(ALARM_WINDOW_DAYS);
        var share = tenancy.inTenant(tenant, () -> shares.find(tenant, since));
        if (share.unattributed() * 100 > share.calls()) {
            meters.counter("usage.alarms", "alarm", "unattributed").increment();
            LOG.error(
                    "usage of {}: {} of {} calls belong to no client; map their agents or numbers",
                    tenant,
                    share.unattributed(),
                    share.calls());
        }
    }
}
