package dev.patchbay.audit.internal;

import dev.patchbay.kernel.Auditable;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes an audit entry in the transaction of the change; without a transaction the entry, and so the change, is refused. */
@Component
class AuditWriter {

    private final AuditEntryRepository repository;
    private final Clock clock;

    AuditWriter(AuditEntryRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @EventListener
    void write(Auditable audited) {
        repository.insert(audited, RequestOrigin.current(), clock.instant());
    }
}
