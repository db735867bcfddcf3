package dev.patchbay.usage;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.List;

/** A client's records, as billing reads them. Both calls join the tenant's transaction. */
public interface BillableUsage {

    /** The sequence of the client's last batch, read without a lock; 0 before the first. Every record up to it can be seen. */
    long sequenceOf(TenantId tenant, ClientId client);

    /**
     * The records of calls that began within that time, by (seq, n).
     *
     * @param to exclusive
     * @param upto the last sequence that is read
     */
    List<BillableRecord> list(TenantId tenant, ClientId client, Instant from, Instant to, long upto);
}
