package dev.patchbay.ingress.dispatch;

import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Replays stored events: dispatches them once more, as the first time. Consumers are idempotent, so a flow that ran for an
 * event does not run for it again; a flow that was assigned since, or did not start, does.
 */
@Component
public class Replays {

    private final ReplayRepository replays;
    private final Dispatcher dispatcher;
    private final Tenancy tenancy;
    private final ApplicationEventPublisher audit;

    Replays(ReplayRepository replays, Dispatcher dispatcher, Tenancy tenancy, ApplicationEventPublisher audit) {
        this.replays = replays;
        this.dispatcher = dispatcher;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /** The events that a replay would dispatch, oldest first; at most {@value ReplayRepository#MAX_EVENTS}. */
    public List<EventId> preview(TenantScope scope, ReplayQuery query) {
        return tenancy.inTenant(scope.tenant(), () -> replays.select(scope, query));
    }

    /**
     * Starts the replay, oldest events first.
     *
     * @param perSecond events that become due in each second
     * @return the number of events
     */
    public int start(TenantScope scope, String actor, ReplayQuery query, int perSecond, CorrelationId correlation) {
        int replayed = tenancy.inTenant(scope.tenant(), () -> {
            int count = replays.replay(scope, query, perSecond);
            audit.publishEvent(new Auditable(
                    scope,
                    actor,
                    "events.replayed",
                    "events/" + count,
                    Optional.empty(),
                    Optional.empty(),
                    correlation));
            return count;
        });
        dispatcher.wake();
        return replayed;
    }
}
