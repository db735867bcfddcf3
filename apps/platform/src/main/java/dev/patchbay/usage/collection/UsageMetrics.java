package dev.patchbay.usage.collection;

import dev.patchbay.kernel.Notice;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.records.UsageBatch.Written;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Counts collected usage and notifies people of two problems: once a day when more than one call in a hundred belongs to no
 * client, and once a day for each connection when a provider's usage cannot be collected.
 */
@Component
class UsageMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(UsageMetrics.class);
    private static final int ALARM_WINDOW_DAYS = 35;

    private final MeterRegistry meters;
    private final AttributionShareRepository shares;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    UsageMetrics(
            MeterRegistry meters,
            AttributionShareRepository shares,
            Tenancy tenancy,
            ApplicationEventPublisher events,
            Clock clock) {
        this.meters = meters;
        this.shares = shares;
        this.tenancy = tenancy;
        this.events = events;
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

    /** Counts a pass that the provider interrupted. */
    void countFailure(String provider) {
        meters.counter("usage.collection.failures", "provider", provider).increment();
    }

    /** Announces that a provider's usage could not be collected for a long time, within the tenant's transaction. */
    void announceFailing(CollectionRepository.Key key, String reason) {
        meters.counter("usage.alarms", "alarm", "failing").increment();
        events.publishEvent(new Notice(
                TenantScope.of(key.tenant()),
                NoticeTopic.USAGE_COLLECTION_FAILING,
                "connection/" + key.connection(),
                key.connection() + " " + today(),
                Map.of("provider", key.provider(), "reason", reason)));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Checks the share of calls without a client. It is called after a pass, when the daily sums are up to date. */
    void checkUnattributed(TenantId tenant) {
        LocalDate since = today().minusDays(ALARM_WINDOW_DAYS);
        tenancy.inTenant(tenant, () -> {
            var share = shares.find(tenant, since);
            if (share.unattributed() * 100 > share.calls()) {
                raiseUnattributed(tenant, share);
            }
        });
    }

    private void raiseUnattributed(TenantId tenant, AttributionShareRepository.Share share) {
        meters.counter("usage.alarms", "alarm", "unattributed").increment();
        LOG.error(
                "usage of {}: {} of {} calls belong to no client; map their agents or numbers",
                tenant,
                share.unattributed(),
                share.calls());
        events.publishEvent(new Notice(
                TenantScope.of(tenant),
                NoticeTopic.USAGE_UNATTRIBUTED,
                "usage/unattributed",
                "unattributed " + today(),
                Map.of(
                        "calls",
                        Long.toString(share.unattributed()),
                        "share",
                        Long.toString(share.unattributed() * 100 / share.calls()))));
    }
}
