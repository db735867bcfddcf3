package dev.patchbay.connections.internal;

import dev.patchbay.connections.Outage;
import dev.patchbay.connections.OutageState;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Stores the outages of connections. Changes join the tenant's transaction; what crosses tenants goes through definer functions. */
@Repository
class OutageRepository {

    private static final int MAX_SENTENCE = 1_000;

    private final JdbcClient jdbc;

    OutageRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A self-test that this process has to make. */
    record DueLook(TenantId tenant, ConnectionId connectionId, OutageState state) {}

    /** All outages that have not ended. */
    List<Outage> findOpen() {
        return jdbc.sql("SELECT * FROM patchbay.find_open_outages()")
                .query(OutageRepository::outage)
                .list();
    }

    private static Outage outage(ResultSet row, int number) throws SQLException {
        return new Outage(
                new TenantId(row.getString("tenant_id")),
                new ConnectionId(row.getString("connection_id")),
                OutageState.valueOf(row.getString("state")),
                row.getTimestamp("began_at").toInstant(),
                row.getBoolean("told"),
                row.getInt("waiting_runs"));
    }

    List<DueLook> claimLooks(int limit, Instant now, Duration first, Duration max) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.claim_outage_looks(
                          :limit, :now, :first * interval '1 ms', :max * interval '1 ms')""")
                .param("limit", limit)
                .param("now", Timestamp.from(now))
                .param("first", first.toMillis())
                .param("max", max.toMillis())
                .query((row, number) -> new DueLook(
                        new TenantId(row.getString("tenant_id")),
                        new ConnectionId(row.getString("connection_id")),
                        OutageState.valueOf(row.getString("state"))))
                .list();
    }

    /**
     * Lets a self-test decide at once, unless the last one was made after {@code quietSince}.
     *
     * @param began when the first of its calls failed
     * @return false when the connection has an open outage, was tested just now, or does not exist
     */
    boolean suspect(
            TenantId tenant,
            ConnectionId connectionId,
            Instant now,
            Instant began,
            Instant quietSince,
            String sentence) {
        return statement(tenant, connectionId, now, """
                        INSERT INTO patchbay.connection_outage AS o (tenant_id, connection_id, state, state_since, began_at, look_at, sentence)
                        SELECT c.tenant_id, c.connection_id, 'SUSPECTED', :now, :began, :now, :sentence
                        FROM patchbay.connection c WHERE c.tenant_id = :tenant AND c.connection_id = :connection
                        ON CONFLICT (tenant_id, connection_id) DO UPDATE SET
                          state = excluded.state, state_since = :now, began_at = :began, ended_at = NULL, look_at = :now, looks = 0,
                          released_at = NULL, told_at = NULL, waiting_runs = 0, sentence = excluded.sentence
                        WHERE o.state = ANY (:from) AND coalesce(o.looked_at <= :quietSince, true)""")
                        .param("from", OutageState.SUSPECTED.predecessorNames())
                        .param("began", Timestamp.from(began))
                        .param("quietSince", Timestamp.from(quietSince))
                        .param("sentence", bound(sentence))
                        .update()
                == 1;
    }

    /** Lets a self-test decide whether a provider that just came back is away again. */
    void lookAgain(TenantId tenant, ConnectionId connectionId, Instant now, Duration afterLastLook) {
        statement(tenant, connectionId, now, """
                        UPDATE patchbay.connection_outage SET look_at = greatest(:now::timestamptz, looked_at + :after * interval '1 ms')
                        WHERE tenant_id = :tenant AND connection_id = :connection AND state = 'RECOVERING' AND look_at = 'infinity'""")
                .param("after", afterLastLook.toMillis())
                .update();
    }

    /** Records that a self-test did not reach the provider; the next one is due as scheduled. */
    boolean markAway(TenantId tenant, ConnectionId connectionId, Instant now, Instant nextLook, String sentence) {
        return transition(tenant, connectionId, OutageState.AWAY, now, """
                        state_since = CASE WHEN state = 'AWAY' THEN state_since ELSE :now END, sentence = :sentence,
                        look_at = CASE WHEN state = 'AWAY' THEN look_at ELSE :nextLook END,
                        looks = CASE WHEN state = 'AWAY' THEN looks ELSE 1 END""")
                        .param("nextLook", Timestamp.from(nextLook))
                        .param("sentence", bound(sentence))
                        .update()
                == 1;
    }

    /** Records that a self-test succeeded: runs continue, the first ones slowly. */
    boolean startRecovery(TenantId tenant, ConnectionId connectionId, Instant now) {
        return transition(
                                tenant,
                                connectionId,
                                OutageState.RECOVERING,
                                now,
                                "state_since = :now, look_at = 'infinity', looks = 0, released_at = NULL")
                        .update()
                == 1;
    }

    boolean end(TenantId tenant, ConnectionId connectionId, Instant now) {
        return transition(
                                tenant,
                                connectionId,
                                OutageState.ENDED,
                                now,
                                "state_since = :now, ended_at = :now, look_at = 'infinity', waiting_runs = 0")
                        .update()
                == 1;
    }

    private StatementSpec transition(
            TenantId tenant, ConnectionId connectionId, OutageState next, Instant now, String assignments) {
        return statement(
                        tenant,
                        connectionId,
                        now,
                        "UPDATE patchbay.connection_outage SET state = :next, " + assignments
                                + " WHERE tenant_id = :tenant AND connection_id = :connection AND state = ANY (:from)")
                .param("next", next.name())
                .param("from", next.predecessorNames());
    }

    /** Claims the next release of runs; returns the time since the provider answered again. */
    Optional<Duration> claimRelease(TenantId tenant, ConnectionId connectionId, Instant now, Duration interval) {
        return statement(tenant, connectionId, now, """
                        UPDATE patchbay.connection_outage SET released_at = :now
                        WHERE tenant_id = :tenant AND connection_id = :connection AND state = 'RECOVERING' AND look_at = 'infinity'
                          AND coalesce(released_at <= :now::timestamptz - :interval * interval '1 ms', true)
                        RETURNING (extract(epoch FROM :now::timestamptz - state_since) * 1000)::bigint""")
                .param("interval", interval.toMillis())
                .query(Long.class)
                .optional()
                .map(Duration::ofMillis);
    }

    void recordWaitingRuns(TenantId tenant, ConnectionId connectionId, int runs) {
        jdbc.sql("""
                        UPDATE patchbay.connection_outage SET waiting_runs = :runs
                        WHERE tenant_id = :tenant AND connection_id = :connection AND state <> 'ENDED'""")
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .param("runs", runs)
                .update();
    }

    /** Records that people are told; false when they were. */
    boolean markTold(TenantId tenant, ConnectionId connectionId, Instant now) {
        return statement(tenant, connectionId, now, """
                        UPDATE patchbay.connection_outage SET told_at = :now
                        WHERE tenant_id = :tenant AND connection_id = :connection AND state = 'AWAY' AND told_at IS NULL""").update() == 1;
    }

    private StatementSpec statement(TenantId tenant, ConnectionId connectionId, Instant now, String sql) {
        return jdbc.sql(sql)
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .param("now", Timestamp.from(now));
    }

    private static String bound(String sentence) {
        return sentence.substring(0, Math.min(sentence.length(), MAX_SENTENCE));
    }
}
