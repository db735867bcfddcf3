package dev.patchbay.audit.internal;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Refusal;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes refusals to the audit trail and folds repetitions. The first refusal of a kind is written within a second; those that
 * repeat it within ten minutes become one entry with their number. 100 kinds of a tenant are kept apart; further ones count as
 * one kind.
 */
@Component
class RefusalTrail extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalTrail.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FOLD = Duration.ofMinutes(10);
    private static final int MAX_KINDS_OF_TENANT = 100;
    private static final int MAX_KINDS = 10_000;
    private static final String OTHERS = "others";

    /** The repetitions of a refusal, with the origin of the latest one. */
    private record Fold(
            Instant since, boolean isWritten, long repetitions, RequestOrigin origin, CorrelationId correlation) {

        Fold next(RequestOrigin latest, CorrelationId latestCorrelation) {
            return new Fold(since, isWritten, repetitions + 1, latest, latestCorrelation);
        }

        Fold written() {
            return new Fold(since, true, repetitions, origin, correlation);
        }
    }

    /** An entry to be written. */
    private record Entry(Refusal refusal, Fold fold, String outcome) {}

    private final Map<Refusal, Fold> folds = new HashMap<>();
    private final Map<TenantId, Integer> kinds = new HashMap<>();
    private final AuditEntryRepository repository;
    private final Tenancy tenancy;
    private final Clock clock;

    RefusalTrail(AuditEntryRepository repository, Tenancy tenancy, Clock clock) {
        super("refusals", INTERVAL, true);
        this.repository = repository;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @EventListener
    synchronized void add(Refusal refusal) {
        Instant now = clock.instant();
        RequestOrigin origin = RequestOrigin.current();
        CorrelationId correlation = Optional.ofNullable(MDC.get("correlationId"))
                .map(CorrelationId::new)
                .orElseGet(() -> new CorrelationId(Ids.next("cor", now)));
        Refusal kind = hasRoom(refusal) ? refusal : withoutKind(refusal);
        Fold before = folds.get(kind);
        if (before == null) {
            kinds.merge(kind.scope().tenant(), 1, Integer::sum);
            folds.put(kind, new Fold(now, false, 0, origin, correlation));
        } else {
            folds.put(kind, before.next(origin, correlation));
        }
    }

    private boolean hasRoom(Refusal refusal) {
        return folds.containsKey(refusal)
                || (kinds.getOrDefault(refusal.scope().tenant(), 0) < MAX_KINDS_OF_TENANT && folds.size() < MAX_KINDS);
    }

    private static Refusal withoutKind(Refusal refusal) {
        return new Refusal(refusal.scope(), OTHERS, refusal.action(), OTHERS, refusal.outcome());
    }

    /** Takes out the entries that have to be written now, and forgets the folds whose ten minutes are over. */
    private synchronized List<Entry> drain(Instant now) {
        var due = new ArrayList<Entry>();
        folds.entrySet().removeIf(each -> {
            Fold fold = each.getValue();
            if (!fold.isWritten()) {
                due.add(new Entry(each.getKey(), fold, each.getKey().outcome()));
                each.setValue(fold.written());
            }
            boolean isOver = !fold.since().plus(FOLD).isAfter(now);
            if (isOver && fold.repetitions() > 0) {
                String outcome = each.getKey().outcome() + " " + fold.repetitions() + " times more";
                due.add(new Entry(each.getKey(), fold, outcome));
            }
            if (isOver) {
                kinds.computeIfPresent(
                        each.getKey().scope().tenant(), (tenant, count) -> count == 1 ? null : count - 1);
            }
            return isOver;
        });
        return due;
    }

    @Override
    protected void runOnce() {
        drain(clock.instant()).forEach(this::write);
    }

    private void write(Entry entry) {
        Refusal refusal = entry.refusal();
        var audited = new Auditable(
                refusal.scope(),
                refusal.actor(),
                refusal.action(),
                refusal.resource(),
                Optional.empty(),
                Optional.empty(),
                entry.fold().correlation(),
                Optional.of(entry.outcome()));
        try {
            tenancy.inTenant(
                    refusal.scope().tenant(),
                    () -> repository.insert(audited, entry.fold().origin(), clock.instant()));
        } catch (RuntimeException failed) {
            LOG.warn("refusals: an entry of {} was not written", refusal.scope().tenant(), failed);
        }
    }
}
