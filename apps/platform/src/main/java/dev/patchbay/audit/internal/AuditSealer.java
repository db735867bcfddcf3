package dev.patchbay.audit.internal;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives every entry its sequence number and hash soon after its commit. Doing so in the transaction of the change would make all
 * changes of a tenant wait for each other.
 */
@Component
class AuditSealer extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration ANCHOR_INTERVAL = Duration.ofMinutes(1);
    private static final int BATCH_SIZE = 500;

    private final AuditSealRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;
    private final Counter sealedEntries;
    private final Map<String, SealedBatch> unloggedHeads = new HashMap<>();
    /** Tenants whose failure was logged since the last anchors. */
    private final Set<String> failedTenants = new HashSet<>();

    private Instant lastAnchoredAt = Instant.EPOCH;

    AuditSealer(AuditSealRepository repository, Tenancy tenancy, Settings process, MeterRegistry meters, Clock clock) {
        super("audit-sealer", INTERVAL, process.roles().contains("worker"));
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
        this.sealedEntries = meters.counter("audit.sealed");
    }

    @Override
    protected void runOnce() {
        List<String> tenants = tenancy.throughDefinerFunction(repository::listUnsealedTenants);
        tenants.forEach(this::sealAll);
        logAnchors(clock.instant());
    }

    /** Seals the tenant's backlog. A failure, as of a tampered chain, is logged and does not stop other tenants. */
    void sealAll(String tenant) {
        try {
            Optional<SealedBatch> batch;
            do {
                batch = seal(tenant);
                batch.ifPresent(head -> unloggedHeads.put(tenant, head));
            } while (batch.filter(last -> last.entries() == BATCH_SIZE).isPresent());
        } catch (RuntimeException failure) {
            if (failedTenants.add(tenant)) {
                LOG.atError()
                        .addKeyValue("tenantId", tenant)
                        .setCause(failure)
                        .log("audit entries cannot be sealed; see docs/runbooks/audit-trail.md");
            }
        }
    }

    /** Seals one batch; empty while another process seals that chain. */
    Optional<SealedBatch> seal(String tenant) {
        var batch = tenancy.throughDefinerFunction(() -> repository.seal(tenant, BATCH_SIZE));
        batch.ifPresent(last -> sealedEntries.increment(last.entries()));
        return batch;
    }

    /**
     * Logs each head that moved, once a minute. The owner of the database could recompute a chain, but not the heads that the
     * log store has kept.
     */
    void logAnchors(Instant now) {
        if (now.isBefore(lastAnchoredAt.plus(ANCHOR_INTERVAL))) {
            return;
        }
        lastAnchoredAt = now;
        failedTenants.clear();
        unloggedHeads.forEach((tenant, head) -> LOG.atInfo()
                .addKeyValue("tenantId", tenant)
                .addKeyValue("anchor", head.seq() + ":" + head.hash())
                .log("audit chain"));
        unloggedHeads.clear();
    }
}
