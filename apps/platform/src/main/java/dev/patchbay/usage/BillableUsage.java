package dev.patchbay.usage;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.List;

/** Reads a client's records for billing. The methods join the tenant's transaction. */
public interface BillableUsage {

    /**
     * Returns the sequence number of the client's last batch, read without a lock; 0 before the first. Every record up to it is
     * visible.
     */
    long sequenceOf(TenantId tenant, ClientId client);

    /**
     * Returns the records of calls that began within that time, sorted by {@code (seq, n)}.
     *
     * @param to the end of the time, exclusive
     * @param upto the last sequence number that is read
     */
    List<BillableRecord> list(TenantId tenant, ClientId client, Instant from, Instant to, long upto);

    /**
     * Returns whether the client has records of calls that began within that time.
     *
     * @param to the end of the time, exclusive
     * @param after the sequence number after which records count
     * @param upto the last sequence number that counts
     */
    boolean hasRecords(TenantId tenant, ClientId client, Instant from, Instant to, long after, long upto);

    /** A currency in which a product cost something. */
    record CostCurrency(String product, String currency) {}

    /** Returns the currencies of the costs of the client's calls since that moment. */
    List<CostCurrency> listCostCurrencies(TenantId tenant, ClientId client, Instant since);
}
