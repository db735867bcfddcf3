package dev.patchbay.connections.internal;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells the audit trail of changes to connections, in the transaction of the change; digests see no secret. */
@Component
final class ConnectionAudit {

    private final ApplicationEventPublisher audit;
    private final Clock clock;

    ConnectionAudit(ApplicationEventPublisher audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param before what was there, and {@code after}, what is; null where there was nothing */
    void changed(
            TenantScope scope,
            String actor,
            String action,
            String resource,
            @Nullable Object before,
            @Nullable Object after) {
        String correlation = MDC.get("correlationId");
        audit.publishEvent(new Auditable(
                scope,
                actor,
                action,
                resource,
                digest(before),
                digest(after),
                new CorrelationId(correlation == null ? Ids.next("cor", clock.instant()) : correlation)));
    }

    private static Optional<String> digest(@Nullable Object state) {
        return Optional.ofNullable(state).map(it -> HexFormat.of().formatHex(Json.digest(Json.tree(it))));
    }
}
