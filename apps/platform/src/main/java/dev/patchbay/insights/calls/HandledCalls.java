package dev.patchbay.insights.calls;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Records that a person dealt with a call outside of Patchbay, so that it leaves the list of callers to call back. Its run is
 * not changed and can still be replayed.
 */
@Service
public class HandledCalls {

    private final CallRepository calls;
    private final HandledCallRepository handled;
    private final ChangeAudit audit;
    private final Tenancy tenancy;
    private final Clock clock;

    HandledCalls(CallRepository calls, HandledCallRepository handled, ChangeAudit audit, Tenancy tenancy, Clock clock) {
        this.calls = calls;
        this.handled = handled;
        this.audit = audit;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /**
     * Marks the call as handled. A call that is already handled gets the new note.
     *
     * @throws Problem {@code 404.not_found}
     */
    public void mark(TenantScope scope, String actor, String callId, HandledHow how, @Nullable String note) {
        tenancy.inTenant(scope.tenant(), () -> {
            var client = lock(scope, callId);
            handled.mark(scope.tenant(), callId, actor, clock.instant(), how, note);
            // The note is left out, because it may name the caller, and audit entries outlive erasures.
            audit.recordChange(
                    TenantScope.of(scope.tenant(), client),
                    actor,
                    "call.handled",
                    "call/" + callId,
                    null,
                    Map.of("how", how.code()));
        });
    }

    /**
     * Marks the call as not handled.
     *
     * @throws Problem {@code 404.not_found}
     */
    public void unmark(TenantScope scope, String actor, String callId) {
        tenancy.inTenant(scope.tenant(), () -> {
            var client = lock(scope, callId);
            if (handled.unmark(scope.tenant(), callId)) {
                audit.recordChange(
                        TenantScope.of(scope.tenant(), client),
                        actor,
                        "call.reopened",
                        "call/" + callId,
                        Map.of("handled", true),
                        null);
            }
        });
    }

    private ClientId lock(TenantScope scope, String callId) {
        return calls.lockClient(scope.tenant(), scope.scoped(), callId)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no call " + callId + "."));
    }
}
