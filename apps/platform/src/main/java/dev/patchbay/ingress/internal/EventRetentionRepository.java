package dev.patchbay.ingress.internal;

import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Creates and drops the monthly partitions of {@code event} and {@code ingress_raw}, and deletes the narrow rows beside them. */
@Repository
class EventRetentionRepository {

    private final DatabaseOwner owner;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    EventRetentionRepository(DatabaseOwner owner, Tenancy tenancy, JdbcClient jdbc) {
        this.owner = owner;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Creates the partitions of that month and of the two after it; drops those whose whole month is older than kept. */
    void rollPartitions(Instant now, Instant rawBefore, Instant eventsBefore) {
        owner.maintain(
                "CALL patchbay.make_partitions('" + now + "')",
                "CALL patchbay.drop_partitions('ingress_raw', '" + rawBefore + "')",
                "CALL patchbay.drop_partitions('event', '" + eventsBefore + "')");
    }

    /**
     * Deletes keys, dispatch rows and routes of older events, and older rejections, of all tenants.
     *
     * @param limit events, and rejections, at most
     * @return the number of rows deleted
     */
    long prune(Instant eventsBefore, Instant rejectionsBefore, int limit) {
        return tenancy.throughDefinerFunction(
                () -> jdbc.sql("SELECT patchbay.prune_ingress(:id, :minute::timestamptz, :limit)")
                        .param("id", Ids.lowestAt("evt", eventsBefore))
                        .param("minute", rejectionsBefore.toString())
                        .param("limit", limit)
                        .query(Long.class)
                        .single());
    }
}
