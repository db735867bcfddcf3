package dev.patchbay.insights.calls;

import dev.patchbay.insights.calls.CallMarkRepository.Waiting;
import dev.patchbay.kernel.ConversationChanged;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes the calls of conversations whose facts changed. The transaction of the change adds a mark; this job takes the marks of
 * each tenant in turn, a batch at a time. A batch is one transaction, so a process that dies leaves its marks to the next run.
 */
@Component
final class CallProjectionJob extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(CallProjectionJob.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    static final Duration RETRY_DELAY = Duration.ofMinutes(1);
    static final int BATCH_SIZE = 100;

    private final CallMarkRepository marks;
    private final CallProjection projection;
    private final Tenancy tenancy;
    private final AtomicLong lagMillis = new AtomicLong();

    CallProjectionJob(
            Settings settings,
            CallMarkRepository marks,
            CallProjection projection,
            Tenancy tenancy,
            MeterRegistry meters) {
        super("call-projection", INTERVAL, settings.roles().contains("worker"));
        this.marks = marks;
        this.projection = projection;
        this.tenancy = tenancy;
        TimeGauge.builder("calls.projection.lag", lagMillis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .description("Age of the oldest changed conversation whose call was not yet written")
                .register(meters);
    }

    @EventListener
    void mark(ConversationChanged change) {
        marks.insert(change.tenant(), change.correlation());
    }

    @Override
    protected void runOnce() {
        boolean more;
        do {
            more = false;
            List<Waiting> waiting = tenancy.throughDefinerFunction(marks::listTenants);
            measureLag(waiting);
            for (Waiting one : waiting) {
                more |= writeBatchLogged(one.tenant());
            }
        } while (more && isRunning());
    }

    private void measureLag(List<Waiting> waiting) {
        Instant now = Instant.now();
        lagMillis.set(waiting.stream()
                .mapToLong(one -> Duration.between(one.since(), now).toMillis())
                .max()
                .orElse(0));
    }

    /** A tenant whose calls cannot be written delays no other. */
    private boolean writeBatchLogged(TenantId tenant) {
        try {
            return writeBatch(tenant);
        } catch (RuntimeException failure) {
            LOG.warn("tenant {}: its calls were not written; trying again in {}", tenant, INTERVAL, failure);
            return false;
        }
    }

    /**
     * Writes the calls of the oldest marks.
     *
     * @return whether more marks may be due
     */
    private boolean writeBatch(TenantId tenant) {
        List<Long> due = tenancy.inTenant(tenant, () -> marks.findDue(tenant, BATCH_SIZE));
        try {
            boolean locked = write(tenant, due);
            return locked && due.size() == BATCH_SIZE;
        } catch (RuntimeException failure) {
            LOG.warn("tenant {}: {} calls were not written together; writing each alone", tenant, due.size(), failure);
            due.forEach(mark -> writeOrPostpone(tenant, mark));
            return true;
        }
    }

    private boolean write(TenantId tenant, List<Long> due) {
        return tenancy.inTenant(tenant, () -> {
            if (!marks.tryLock(tenant)) {
                return false;
            }
            var conversations = marks.take(tenant, due);
            if (!conversations.isEmpty()) {
                projection.refresh(tenant, conversations, new HashMap<>());
            }
            return true;
        });
    }

    /** A conversation whose calls cannot be written delays no other. */
    private void writeOrPostpone(TenantId tenant, long mark) {
        try {
            write(tenant, List.of(mark));
        } catch (RuntimeException failure) {
            LOG.error("tenant {}: a call was not written; trying again in {}", tenant, RETRY_DELAY, failure);
            tenancy.inTenant(tenant, () -> marks.postpone(tenant, mark, RETRY_DELAY));
        }
    }
}
