package dev.patchbay.ingress;

import dev.patchbay.ingress.internal.Dispatcher;
import dev.patchbay.ingress.internal.ReplayRepository;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Hands stored events out again, through the same path as the first time. Consumers make nothing twice of an event: a flow
 * that ran for it does not run again, one that was assigned since, or failed to start, does.
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

    /** The ids of what a replay would hand out, oldest first, {@value ReplayRepository#MOST} at most. */
    public List<String> preview(TenantScope scope, ReplayQuery query) {
        return tenancy.inTenant(scope.tenant(), () -> replays.choose(scope, query));
    }

    /**
     * Hands them out, oldest first.
     *
     * @param perSecond how many at most in a second
     * @return how many
     */
    public int start(TenantScope scope, String actor, ReplayQuery query, int perSecond, CorrelationId correlation) {
        int chosen = tenancy.inTenant(scope.tenant(), () -> {
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
        return chosen;
    }
}
