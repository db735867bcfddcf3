package dev.patchbay.iam.internal;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.web.CorrelationFilter;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells the audit trail of changes to who may do what, in the transaction of the change. */
@Component
public class IamAudit {

    private final ApplicationEventPublisher audit;
    private final Clock clock;

    IamAudit(ApplicationEventPublisher audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param before the state before, of which the digest is kept; null when there was none
     * @param after the state after; null when nothing remains
     */
    public void changed(
            TenantScope scope,
            String actor,
            String action,
            String resource,
            @Nullable Object before,
            @Nullable Object after) {
        String correlation = MDC.get(CorrelationFilter.NAME);
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
        return Optional.ofNullable(state)
                .map(known -> HexFormat.of().formatHex(Json.sha256(Json.utf8(Json.write(Json.tree(known))))));
    }
}
