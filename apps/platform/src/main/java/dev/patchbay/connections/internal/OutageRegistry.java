package dev.patchbay.connections.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.patchbay.connections.Outage;
import dev.patchbay.connections.OutageState;
import dev.patchbay.connections.Outages;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Redaction;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The open outages as this process read them last, and its own failed calls, which may become one. */
@Component
class OutageRegistry implements Outages {

    /** Failures of connections beyond that are forgotten; their outages are found a little later. */
    private static final int MAX_STREAKS = 10_000;

    private record Key(TenantId tenant, ConnectionId connectionId) {}

    private final OutageRepository repository;
    private final OutageNotices notices;
    private final OutageSettings settings;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Cache<Key, FailureStreak> streaks;
    private volatile Map<Key, Outage> open = Map.of();

    OutageRegistry(
            OutageRepository repository,
            OutageNotices notices,
            OutageSettings settings,
            Tenancy tenancy,
            Clock clock,
            MeterRegistry meters) {
        this.repository = repository;
        this.notices = notices;
        this.settings = settings;
        this.tenancy = tenancy;
        this.clock = clock;
        this.streaks = Caffeine.newBuilder()
                .maximumSize(MAX_STREAKS)
                .expireAfterWrite(settings.failureWindow())
                .build();
        meters.gauge("connection.outages", this, OutageRegistry::countAway);
    }

    private long countAway() {
        return open.values().stream()
                .filter(outage -> outage.state() == OutageState.AWAY)
                .count();
    }

    /** Reads the open outages, those that other processes found among them. */
    List<Outage> refresh() {
        var found = tenancy.throughDefinerFunction(repository::findOpen);
        open = found.stream()
                .collect(Collectors.toUnmodifiableMap(
                        outage -> new Key(outage.tenant(), outage.connectionId()), Function.identity()));
        return found;
    }

    @Override
    public Optional<Outage> find(TenantId tenant, ConnectionId connectionId) {
        return Optional.ofNullable(open.get(new Key(tenant, connectionId)));
    }

    @Override
    public List<Outage> findRecovering() {
        return open.values().stream()
                .filter(outage -> outage.state() == OutageState.RECOVERING)
                .toList();
    }

    @Override
    public void recordFailure(TenantId tenant, ConnectionId connectionId, String origin, String sentence) {
        var key = new Key(tenant, connectionId);
        Instant now = clock.instant();
        if (find(tenant, connectionId)
                .filter(outage -> outage.state() == OutageState.RECOVERING)
                .isPresent()) {
            tenancy.inTenant(tenant, () -> repository.lookAgain(tenant, connectionId, now, settings.firstLook()));
            return;
        }
        var streak = streaks.asMap()
                .merge(
                        key,
                        FailureStreak.NONE.with(origin, now, settings),
                        (before, first) -> before.with(origin, now, settings));
        if (streak.isSuspicious(settings) && !open.containsKey(key)) {
            streaks.invalidate(key);
            if (tenancy.inTenant(
                    tenant,
                    () -> repository.suspect(
                            tenant,
                            connectionId,
                            now,
                            streak.begin(),
                            now.minus(settings.firstLook()),
                            Redaction.redact(sentence)))) {
                refresh();
            }
        }
    }

    @Override
    public void recordAnswer(TenantId tenant, ConnectionId connectionId) {
        streaks.invalidate(new Key(tenant, connectionId));
    }

    @Override
    public int claimReleases(Outage outage) {
        return tenancy.inTenant(
                        outage.tenant(),
                        () -> repository.claimRelease(
                                outage.tenant(), outage.connectionId(), clock.instant(), settings.releaseInterval()))
                .map(settings::pace)
                .orElse(0);
    }

    @Override
    public void recordWaitingRuns(Outage outage, int runs) {
        if (outage.waitingRuns() != runs) {
            tenancy.inTenant(
                    outage.tenant(), () -> repository.recordWaitingRuns(outage.tenant(), outage.connectionId(), runs));
        }
    }

    @Override
    public void end(Outage outage) {
        change(outage, () -> {
            boolean ended = repository.end(outage.tenant(), outage.connectionId(), clock.instant());
            if (ended && outage.hasNotice()) {
                notices.publishEnd(outage);
            }
            return ended;
        });
    }

    /** Changes the outage in the tenant's transaction, and reads the outages again. */
    void change(Outage outage, Supplier<Boolean> change) {
        if (tenancy.inTenant(outage.tenant(), change)) {
            refresh();
        }
    }
}
