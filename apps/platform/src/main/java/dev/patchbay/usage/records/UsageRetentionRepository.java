package dev.patchbay.usage.records;

import dev.patchbay.kernel.database.DatabaseOwner;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Creates and drops the monthly partitions of {@code usage_record}, and deletes the related rows in other tables. */
@Repository
class UsageRetentionRepository {

    private final DatabaseOwner owner;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    UsageRetentionRepository(DatabaseOwner owner, Tenancy tenancy, JdbcClient jdbc) {
        this.owner = owner;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /**
     * Creates the partitions of the months from the first moment to the last, and drops those whose month had ended by then.
     */
    void rollPartitions(Instant first, Instant last, Instant endedBefore) {
        owner.maintain(
                "CALL patchbay.make_usage_partitions('" + first + "', '" + last + "')",
                "CALL patchbay.drop_usage_partitions('" + endedBefore + "')");
    }

    /** Deletes daily sums and at most {@code limit} snapshots from before that moment, of all tenants; returns their number. */
    long prune(Instant before, int limit) {
        return call("SELECT patchbay.prune_usage(:before, :limit)", before, limit);
    }

    /**
     * Deletes records from before that moment that are in the default partition, of at most {@code limit} subjects and of all
     * tenants; returns their number.
     */
    long pruneRecords(Instant before, int limit) {
        return call("SELECT patchbay.prune_usage_records(:before, :limit)", before, limit);
    }

    private long call(String sql, Instant before, int limit) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql(sql)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(Long.class)
                .single());
    }
}
