package dev.patchbay.flows.definition;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Records what people do with flows in the audit trail, in the transaction of the change. */
@Component
class FlowAudit {

    private final ApplicationEventPublisher audit;
    private final Clock clock;

    FlowAudit(ApplicationEventPublisher audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param action for example {@code flow.promoted}
     * @param before digest of the version that this one replaces
     */
    void record(TenantScope scope, String actor, String action, FlowVersion version, Optional<String> before) {
        String correlation = MDC.get("correlationId");
        audit.publishEvent(new Auditable(
                scope,
                actor,
                action,
                "flow/" + version.flowId() + "@" + version.version(),
                before,
                Optional.of(version.digest()),
                new CorrelationId(correlation == null ? Ids.next("cor", clock.instant()) : correlation)));
    }
}
