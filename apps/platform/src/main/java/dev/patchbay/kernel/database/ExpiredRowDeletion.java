package dev.patchbay.kernel.database;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes expired rows of all tenants, through the definer functions {@code patchbay.prune_…(before, limit)}. */
@Component
public class ExpiredRowDeletion {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    public ExpiredRowDeletion(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /**
     * Deletes at most so many rows that ended before that moment.
     *
     * @param function the name of the definer function, for example {@code prune_mails}
     * @return the number of rows deleted
     */
    long delete(String function, Instant before, int limit) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT patchbay." + function + "(:before, :limit)")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query(Long.class)
                .single());
    }
}
