package dev.patchbay.flows.internal.run;

import dev.patchbay.ingress.Event;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds effects that may have caused an event. */
@Repository
class EchoRepository {

    private static final String CANDIDATES = """
            SELECT DISTINCT ON (c.settled) c.run_id, c.settled, coalesce(r.cause_depth, 0) AS cause_depth FROM (
              SELECT e.run_id, e.key, e.step_id, true AS settled FROM patchbay.effect e
              WHERE e.tenant_id = :tenant AND e.key = :key
              UNION ALL
              SELECT e.run_id, e.key, e.step_id, true FROM patchbay.effect e
              WHERE e.tenant_id = :tenant AND e.state = 'DONE' AND e.provider_id = ANY (:ids)
                AND e.settled_at > :since AND e.created_at <= :until
              UNION ALL
              SELECT e.run_id, e.key, e.step_id, false FROM patchbay.effect e
              WHERE e.tenant_id = :tenant AND e.state IN ('PLANNED', 'UNKNOWN') AND e.look_after < 'infinity'
                AND (e.state = 'UNKNOWN' OR e.owner_node IS NOT NULL) AND e.created_at > :since AND e.created_at <= :until) c
            LEFT JOIN patchbay.run r ON r.tenant_id = :tenant AND r.run_id = c.run_id
            WHERE (r.client_id = :client
                OR EXISTS (SELECT FROM patchbay.live_act a
                           WHERE a.tenant_id = :tenant AND a.origin = c.run_id AND a.client_id = :client))
              AND (c.step_id = ANY (:functions)
                OR EXISTS (SELECT FROM patchbay.step s
                           WHERE s.tenant_id = :tenant AND s.run_id = c.run_id AND s.effect_key = c.key
                             AND s.call = ANY (:functions)))
            ORDER BY c.settled, c.key DESC""";

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    EchoRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** An effect that may have caused the event. */
    record Candidate(boolean settled, Event.Cause cause) {}

    /**
     * Which effects may be the cause.
     *
     * @param effectKey that the event names; empty text: none
     * @param providerIds what the event is about
     * @param functions whose effects a provider reports with such an event
     * @param since settled, or under way, after this moment
     * @param until created at this moment or before
     */
    record CauseFilter(
            TenantId tenant,
            ClientId client,
            String effectKey,
            String[] providerIds,
            List<String> functions,
            Instant since,
            Instant until) {}

    /** The newest settled candidate and the newest one under way. */
    List<Candidate> find(CauseFilter filter) {
        return tenancy.inTenant(
                filter.tenant(),
                () -> jdbc.sql(CANDIDATES)
                        .param("tenant", filter.tenant().value())
                        .param("client", filter.client().value())
                        .param("key", filter.effectKey())
                        .param("ids", filter.providerIds())
                        .param("functions", filter.functions().toArray(String[]::new))
                        .param("since", Timestamp.from(filter.since()))
                        .param("until", Timestamp.from(filter.until()))
                        .query((row, number) -> new Candidate(
                                row.getBoolean("settled"),
                                new Event.Cause(row.getString("run_id"), row.getInt("cause_depth") + 1)))
                        .list());
    }
}
