package dev.patchbay.flows.internal.run;

import dev.patchbay.kernel.TenantId;
import java.util.Optional;

/**
 * The right to walk a run, until somebody else takes a higher one.
 *
 * @param number the run's fencing token: who holds a lower one may not write its status any more
 * @param begun what whoever started it had in hands, so that its first walk need not ask the database; there is no journal
 *     then either
 */
public record RunLease(TenantId tenant, String runId, long number, Optional<Object> begun) {

    /** Of a run that was walked before, or may have been. */
    public RunLease(TenantId tenant, String runId, long number) {
        this(tenant, runId, number, Optional.empty());
    }
}
