package dev.patchbay.flows.run;

import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;

/**
 * The right to execute a run, until a peer claims it or a person changes it.
 *
 * @param fencingToken grows with each claim and each change by a person; a holder of an older one can write nothing more
 */
record RunLease(TenantId tenant, RunId runId, long fencingToken) {}
