package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;

/**
 * Outages of connections, which all processes share: a provider that does not answer is left alone except for self-tests, and
 * calls resume at a growing pace when it answers again. Must not be called inside a transaction.
 */
public interface Outages {

    /** The connection's outage as this process knows it, a second old at most; empty when there is none. */
    Optional<Outage> find(TenantId tenant, ConnectionId connectionId);

    /** Says whether only self-tests may reach the provider. */
    default boolean isAway(TenantId tenant, ConnectionId connectionId) {
        return find(tenant, connectionId)
                .filter(outage -> outage.state() == OutageState.AWAY)
                .isPresent();
    }

    /** The outages whose provider answers again. */
    List<Outage> findRecovering();

    /**
     * Records a call that failed because the provider did not answer, or answered with a 5xx. Several in a row, of two origins at
     * least, let a self-test decide whether the provider is away.
     *
     * @param origin of the call, for example a run
     */
    void recordFailure(TenantId tenant, ConnectionId connectionId, String origin, String sentence);

    /** Records that the provider answered a call. */
    void recordAnswer(TenantId tenant, ConnectionId connectionId);

    /**
     * Claims the right to let runs continue now.
     *
     * @return how many; zero while another process has the right, or a self-test is due
     */
    int claimReleases(Outage recovering);

    /** Records how many runs wait for the end of the outage. */
    void recordWaitingRuns(Outage outage, int runs);

    /** Ends an outage that no run waits for any more. */
    void end(Outage recovering);
}
