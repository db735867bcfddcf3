package dev.patchbay.flows.run;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run whose row is locked until the transaction ends.
 *
 * @param ending the status it gets once its compensations have run
 * @param pass how often it was replayed
 * @param erased whether a person's data was erased from it
 */
record RunSnapshot(
        TenantId tenant,
        RunId runId,
        FlowId flowId,
        String version,
        ClientId client,
        CorrelationId correlation,
        RunStatus status,
        Optional<RunStatus> ending,
        int pass,
        boolean erased,
        @Nullable String causeCode,
        @Nullable String causeSentence,
        @Nullable String causeStep) {

    /** Whether its compensation stopped and waits for a person. */
    boolean isCompensationParked() {
        return ending.isPresent() && status == RunStatus.PARKED;
    }
}
