package dev.patchbay.connections.internal;

import dev.patchbay.connections.Outage;
import dev.patchbay.connections.OutageState;
import dev.patchbay.connections.internal.OutageRepository.DueLook;
import dev.patchbay.connections.spi.HealthCheckResult;
import dev.patchbay.connections.spi.HealthCheckResult.Unreachable;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps this process's view of outages fresh, and looks for providers that are away: by the connection's own self-test, which
 * changes nothing, one at a time for all processes together. No customer's call is the canary.
 */
@Component
class OutageWatch extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(OutageWatch.class);
    private static final int MAX_CLAIMED = 20;

    private final OutageRegistry registry;
    private final OutageRepository repository;
    private final OutageNotices notices;
    private final OutageSettings settings;
    private final HealthChecks healthChecks;
    private final Tenancy tenancy;
    private final Clock clock;
    private final boolean worker;
    private final ExecutorService lookThreads = Executors.newVirtualThreadPerTaskExecutor();

    OutageWatch(
            OutageRegistry registry,
            OutageRepository repository,
            OutageNotices notices,
            OutageSettings settings,
            HealthChecks healthChecks,
            Tenancy tenancy,
            Clock clock,
            Settings platform) {
        super("connection outages", settings.pollInterval(), true);
        this.registry = registry;
        this.repository = repository;
        this.notices = notices;
        this.settings = settings;
        this.healthChecks = healthChecks;
        this.tenancy = tenancy;
        this.clock = clock;
        this.worker = platform.roles().contains("worker");
    }

    @Override
    protected void runOnce() {
        var open = registry.refresh();
        if (worker) {
            open.forEach(this::tellOfLongOutage);
            tenancy.throughDefinerFunction(() -> repository.claimLooks(
                            MAX_CLAIMED, clock.instant(), settings.firstLook(), settings.maxLook()))
                    .forEach(look -> lookThreads.execute(() -> look(look)));
        }
    }

    private void tellOfLongOutage(Outage outage) {
        Instant now = clock.instant();
        if (outage.state() == OutageState.AWAY
                && !outage.hasNotice()
                && !outage.beganAt().plus(settings.tellAfter()).isAfter(now)) {
            tenancy.inTenant(outage.tenant(), () -> {
                if (repository.markTold(outage.tenant(), outage.connectionId(), now)) {
                    notices.publishBegin(outage);
                }
            });
        }
    }

    /** Makes the self-test, and changes the outage by its result. */
    void look(DueLook look) {
        Optional<HealthCheckResult> result = healthChecks.check(look.tenant(), look.connectionId());
        registry.refresh();
        registry.find(look.tenant(), look.connectionId()).ifPresent(outage -> {
            if (result.orElse(null) instanceof Unreachable unreachable) {
                markAway(outage, unreachable.sentence());
            } else if (result.isEmpty() || look.state() == OutageState.SUSPECTED) {
                registry.end(outage);
            } else {
                LOG.info("connection {}: its provider answers again; waiting runs continue", outage.connectionId());
                registry.change(
                        outage,
                        () -> repository.startRecovery(outage.tenant(), outage.connectionId(), clock.instant()));
            }
        });
    }

    private void markAway(Outage outage, String sentence) {
        if (outage.state() != OutageState.AWAY) {
            LOG.warn("connection {}: its provider does not answer; runs wait for it", outage.connectionId());
        }
        Instant now = clock.instant();
        registry.change(
                outage,
                () -> repository.markAway(
                        outage.tenant(), outage.connectionId(), now, now.plus(settings.firstLook()), sentence));
    }

    @Override
    public void stop() {
        super.stop();
        lookThreads.shutdown();
    }
}
