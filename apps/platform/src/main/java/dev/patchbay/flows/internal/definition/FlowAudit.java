package dev.patchbay.flows.internal.definition;

import dev.patchbay.flows.internal.definition.FlowRepository.StoredVersion;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.TenantScope;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells the audit trail of changes to flows, in the transaction of the change. */
@Component
public class FlowAudit {

    private final ApplicationEventPublisher audit;
    private final Clock clock;

    FlowAudit(ApplicationEventPublisher audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param before digest of what the version takes the place of */
    public void changed(TenantScope scope, String actor, String action, StoredVersion flow, Optional<String> before) {
        String correlation = MDC.get("correlationId");
        audit.publishEvent(new Auditable(
                scope,
                actor,
                action,
                "flow/" + flow.flowId() + "@" + flow.version(),
                before,
                Optional.of(flow.digest()),
                new CorrelationId(correlation == null ? Ids.next("cor", clock.instant()) : correlation)));
    }
}
