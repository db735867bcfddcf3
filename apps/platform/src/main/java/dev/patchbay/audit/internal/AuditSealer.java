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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives every entry its number and hash soon after it was committed. Doing so in the transaction of the change would make all
 * changes of a tenant wait for each other. The database computes the hashes, so the login that serves cannot choose them.
 */
@Component
class AuditSealer extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration ANCHOR_EVERY = Duration.ofMinutes(1);
    private static final int PORTION = 500;

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Counter sealed;
    private final Map<String, ChainHead> unanchored = new HashMap<>();
    /** Told of in this minute. */
    private final Set<String> stuck = new HashSet<>();

    private Instant anchored = Instant.EPOCH;

    AuditSealer(Tenancy tenancy, JdbcClient jdbc, Settings process, MeterRegistry meters, Clock clock) {
        super("audit-sealer", EVERY, process.roles().contains("worker"));
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
        this.sealed = meters.counter("audit.sealed");
    }

    /** Where a chain ends after so many entries were sealed. */
    record ChainHead(int sealed, long seq, String hash) {}

    @Override
    protected void runOnce() {
        List<String> waiting = tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT patchbay.unsealed_tenants()")
                .query(String.class)
                .list());
        waiting.forEach(this::sealAll);
        anchor(clock.instant());
    }

    /** A chain that cannot go on, because somebody meddled with it, keeps no other tenant's from going on. */
    void sealAll(String tenant) {
        try {
            Optional<ChainHead> head;
            do {
                head = seal(tenant);
                head.ifPresent(end -> unanchored.put(tenant, end));
            } while (head.filter(end -> end.sealed() == PORTION).isPresent());
        } catch (RuntimeException failure) {
            if (stuck.add(tenant)) {
                LOG.atError()
                        .addKeyValue("tenantId", tenant)
                        .setCause(failure)
                        .log("audit entries cannot be sealed; see docs/runbooks/audit-trail.md");
            }
        }
    }

    /** Seals a portion; empty when another process is at it. */
    Optional<ChainHead> seal(String tenant) {
        var head = tenancy.throughDefinerFunction(() -> jdbc.sql(
                        "SELECT sealed, seq, hash FROM patchbay.seal_entries(:tenant, :most)")
                .param("tenant", tenant)
                .param("most", PORTION)
                .query((row, number) -> new ChainHead(
                        row.getInt("sealed"), row.getLong("seq"), HexFormat.of().formatHex(row.getBytes("hash"))))
                .optional());
        head.ifPresent(end -> sealed.increment(end.sealed()));
        return head;
    }

    /** Who owns the database can compute a chain anew, but not what the logs said of it: each head is told once a minute. */
    void anchor(Instant now) {
        if (now.isBefore(anchored.plus(ANCHOR_EVERY))) {
            return;
        }
        anchored = now;
        stuck.clear();
        unanchored.forEach((tenant, chainHead) -> LOG.atInfo()
                .addKeyValue("tenantId", tenant)
                .addKeyValue("anchor", chainHead.seq() + ":" + chainHead.hash())
                .log("audit chain"));
        unanchored.clear();
    }
}
