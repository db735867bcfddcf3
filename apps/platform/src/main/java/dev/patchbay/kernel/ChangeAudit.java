package dev.patchbay.kernel;

import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Records a change in the audit trail, in the transaction of the change. Only digests of the two states are stored. */
@Component
public class ChangeAudit {

    private static final String CORRELATION = "correlationId";

    private final ApplicationEventPublisher events;
    private final Clock clock;

    ChangeAudit(ApplicationEventPublisher audit, Clock clock) {
        this.events = audit;
        this.clock = clock;
    }

    /**
     * Records a change.
     *
     * @param before the state before, without any secret; null when there was none
     * @param after the state after; null when nothing remains
     */
    public void recordChange(
            TenantScope scope,
            String actor,
            String action,
            String resource,
            @Nullable Object before,
            @Nullable Object after) {
        String correlation = MDC.get(CORRELATION);
        events.publishEvent(new Auditable(
                scope,
                actor,
                action,
                resource,
                digest(before),
                digest(after),
                new CorrelationId(correlation == null ? Ids.next("cor", clock.instant()) : correlation)));
    }

    /** Records a refusal, within the tenant's transaction. */
    public void recordRefusal(TenantScope scope, String actor, String action, String resource) {
        String correlation = MDC.get(CORRELATION);
        events.publishEvent(new Auditable(
                scope,
                actor,
                action,
                resource,
                Optional.empty(),
                Optional.empty(),
                new CorrelationId(correlation == null ? Ids.next("cor", clock.instant()) : correlation),
                Optional.of("refused")));
    }

    private static Optional<String> digest(@Nullable Object state) {
        return Optional.ofNullable(state).map(value -> HexFormat.of().formatHex(Json.digest(Json.tree(value))));
    }
}
