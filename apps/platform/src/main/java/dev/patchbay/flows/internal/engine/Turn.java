package dev.patchbay.flows.internal.engine;

import dev.patchbay.kernel.TenantId;

/**
 * The right to walk a run, until somebody else takes a higher one.
 *
 * @param number the run's fencing token: who holds a lower one may not write its status any more
 * @param fresh nobody walked it before, so there is no journal to go on from
 */
public record Turn(TenantId tenant, String runId, long number, boolean fresh) {}
