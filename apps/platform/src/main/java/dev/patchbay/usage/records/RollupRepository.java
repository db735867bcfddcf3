package dev.patchbay.usage.records;

import dev.patchbay.kernel.TenantId;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code usage_day} and {@code usage_rollup}: daily sums and how far they reach; in the tenant's transaction. */
@Repository
class RollupRepository {

    /** The sums of a client's records up to a sequence, of some days or of all. */
    private static final String SUMS = """
            WITH net AS (
              SELECT client_id, local_day, connection_id, coalesce(agent_id, '') AS agent_id,
                coalesce(agent_version, '') AS agent_version, subject, product, leg, metric, currency,
                sum(CASE WHEN reverses_seq IS NULL THEN 1 ELSE -1 END) AS calls, sum(quantity) AS quantity,
                sum(cost) AS cost
              FROM patchbay.usage_record
              WHERE tenant_id = :tenant AND client_id = :client AND seq <= :upto
                AND (:days::date[] IS NULL OR local_day = ANY (:days::date[]))
              GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            billed AS (
              SELECT local_day, connection_id, agent_id, agent_version, sum(seconds) AS seconds
              FROM (SELECT local_day, connection_id, agent_id, agent_version, subject, leg, max(quantity) AS seconds
                    FROM net WHERE metric = 'seconds' GROUP BY 1, 2, 3, 4, 5, 6) legs
              GROUP BY 1, 2, 3, 4),
            sums AS (
              SELECT n.client_id, n.local_day AS day, n.connection_id, n.agent_id, n.agent_version, n.product, n.leg,
                n.metric, n.currency, sum(n.calls)::bigint AS calls, sum(n.quantity) AS quantity,
                CASE WHEN n.product = 'call' THEN coalesce(max(b.seconds), 0) ELSE 0 END AS billed_seconds,
                sum(n.cost) AS cost
              FROM net n LEFT JOIN billed b USING (local_day, connection_id, agent_id, agent_version)
              GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
              HAVING sum(n.calls) <> 0 OR sum(n.quantity) <> 0 OR sum(n.cost) <> 0)
            """;

    private final JdbcClient jdbc;

    RollupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Clients whose stream has grown beyond their sums. */
    List<String> findBehind(TenantId tenant) {
        return jdbc.sql("""
                        SELECT s.client_id FROM patchbay.usage_stream s
                        LEFT JOIN patchbay.usage_rollup r ON r.tenant_id = s.tenant_id AND r.client_id = s.client_id
                        WHERE s.tenant_id = :tenant AND s.seq > coalesce(r.upto, 0) ORDER BY s.client_id""")
                .param("tenant", tenant.value())
                .query((row, number) -> row.getString("client_id"))
                .list();
    }

    /** Locks the client's sums, and returns the sequence up to which they reach. */
    long lock(TenantId tenant, String client) {
        jdbc.sql("""
                        INSERT INTO patchbay.usage_rollup (tenant_id, client_id) VALUES (:tenant, :client)
                        ON CONFLICT DO NOTHING""").param("tenant", tenant.value()).param("client", client).update();
        return jdbc.sql("""
                        SELECT upto FROM patchbay.usage_rollup
                        WHERE tenant_id = :tenant AND client_id = :client FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("client", client)
                .query(Long.class)
                .single();
    }

    /** The present sequence of the stream, read without a lock. */
    long findSequence(TenantId tenant, String client) {
        return jdbc.sql("SELECT seq FROM patchbay.usage_stream WHERE tenant_id = :tenant AND client_id = :client")
                .param("tenant", tenant.value())
                .param("client", client)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The days of records after one sequence and up to another. */
    List<LocalDate> findDays(TenantId tenant, String client, long after, long upto) {
        return jdbc.sql("""
                        SELECT DISTINCT local_day FROM patchbay.usage_record
                        WHERE tenant_id = :tenant AND client_id = :client AND seq > :after AND seq <= :upto
                        ORDER BY local_day""")
                .param("tenant", tenant.value())
                .param("client", client)
                .param("after", after)
                .param("upto", upto)
                .query((row, number) -> row.getObject("local_day", LocalDate.class))
                .list();
    }

    /** Replaces the sums of these days by those of the records up to the sequence. */
    void rebuild(TenantId tenant, String client, List<LocalDate> days, long upto) {
        String[] texts = days.stream().map(LocalDate::toString).toArray(String[]::new);
        jdbc.sql("""
                        DELETE FROM patchbay.usage_day
                        WHERE tenant_id = :tenant AND client_id = :client AND day = ANY (:days::date[])""")
                .param("tenant", tenant.value())
                .param("client", client)
                .param("days", texts)
                .update();
        jdbc.sql(SUMS + """
                        INSERT INTO patchbay.usage_day (tenant_id, client_id, day, connection_id, agent_id, agent_version,
                          product, leg, metric, currency, calls, quantity, billed_seconds, cost, upto)
                        SELECT :tenant, sums.*, :upto FROM sums""")
                .param("tenant", tenant.value())
                .param("client", client)
                .param("days", texts)
                .param("upto", upto)
                .update();
        jdbc.sql("""
                        UPDATE patchbay.usage_rollup SET upto = :upto
                        WHERE tenant_id = :tenant AND client_id = :client""")
                .param("tenant", tenant.value())
                .param("client", client)
                .param("upto", upto)
                .update();
    }

    /** The days on which the kept sums differ from those of all records up to the sequence. */
    List<LocalDate> findDifferences(TenantId tenant, String client, long upto) {
        return jdbc.sql(SUMS + """
                        SELECT DISTINCT day FROM sums
                        FULL JOIN (SELECT * FROM patchbay.usage_day WHERE tenant_id = :tenant AND client_id = :client) kept
                          USING (day, connection_id, agent_id, agent_version, product, leg, metric, currency)
                        WHERE sums.calls IS DISTINCT FROM kept.calls OR sums.quantity IS DISTINCT FROM kept.quantity
                          OR sums.billed_seconds IS DISTINCT FROM kept.billed_seconds
                          OR sums.cost IS DISTINCT FROM kept.cost
                        ORDER BY day""")
                .param("tenant", tenant.value())
                .param("client", client)
                .param("days", null)
                .param("upto", upto)
                .query((row, number) -> row.getObject("day", LocalDate.class))
                .list();
    }
}
