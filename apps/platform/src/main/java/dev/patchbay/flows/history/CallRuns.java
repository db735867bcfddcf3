package dev.patchbay.flows.history;

import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads runs, for read models, as outcomes of the calls to which they belong. */
@Component
public class CallRuns {

    private final Tenancy tenancy;
    private final CallRunRepository runs;

    CallRuns(Tenancy tenancy, CallRunRepository runs) {
        this.tenancy = tenancy;
        this.runs = runs;
    }

    /**
     * @param causeCode why it did not complete: a code of a failure reason, {@code raised}, {@code rejected} or
     *     {@code cancelled}
     * @param booking the current appointment; null where the run booked none, or its booking was undone
     * @param undone whether a booking of the run was undone
     * @param asksPerson whether a step waits for a person's approval
     * @param bookingFailure the reason code of a booking that failed, although the flow may have continued
     * @param failedCalls functions of which a step failed, in order of their names
     * @param contactId the CRM's id of the caller
     */
    public record CallRun(
            RunId id,
            CorrelationId correlation,
            String flow,
            String version,
            RunStatus status,
            @Nullable String causeCode,
            @Nullable String causeSentence,
            Instant startedAt,
            @Nullable Booking booking,
            boolean undone,
            boolean asksPerson,
            @Nullable String bookingFailure,
            List<String> failedCalls,
            @Nullable String contactId) {}

    /**
     * @param start the start, ISO-8601 with offset; null once it is erased
     * @param startLocal the start as written in the client's locale; null once it is erased
     */
    public record Booking(@Nullable String start, @Nullable String startLocal) {}

    /** Returns the runs of these conversations, oldest first. */
    public List<CallRun> find(TenantId tenant, Collection<CorrelationId> correlations) {
        return tenancy.inTenant(tenant, () -> runs.find(tenant, correlations));
    }
}
