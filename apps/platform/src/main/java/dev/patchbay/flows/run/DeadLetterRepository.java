package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.run.DeadLetters.Filter;
import dev.patchbay.flows.run.DeadLetters.Group;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads parked runs. Every method joins the caller's transaction. */
@Repository
class DeadLetterRepository {

    private final JdbcClient jdbc;

    DeadLetterRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Group> findGroups(TenantScope scope, @Nullable String client) {
        return jdbc.sql("""
                        SELECT cause_code, count(*) AS runs, min(ended_at) AS oldest, max(ended_at) AS newest,
                          (array_agg(cause_sentence ORDER BY ended_at DESC))[1] AS latest,
                          array_agg(DISTINCT client_id ORDER BY client_id) AS clients,
                          array_agg(DISTINCT flow_name ORDER BY flow_name) AS flows
                        FROM patchbay.run
                        WHERE tenant_id = :tenant AND status = 'parked' AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                        GROUP BY cause_code ORDER BY runs DESC, cause_code""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", client)
                .query(DeadLetterRepository::group)
                .list();
    }

    private static Group group(ResultSet row, int number) throws SQLException {
        var reason = TaskFailed.findReason(row.getString("cause_code")).orElse(FailureReason.BUG);
        return new Group(
                reason,
                reason.meaning(),
                reason.nextAction(),
                Optional.ofNullable(row.getString("latest")).orElse(reason.meaning()),
                row.getInt("runs"),
                row.getTimestamp("oldest").toInstant(),
                row.getTimestamp("newest").toInstant(),
                List.of((String[]) row.getArray("clients").getArray()),
                List.of((String[]) row.getArray("flows").getArray()));
    }

    List<RunId> find(TenantScope scope, Filter filter) {
        return jdbc.sql("""
                        SELECT run_id FROM patchbay.run
                        WHERE tenant_id = :tenant AND status = 'parked' AND erased_at IS NULL
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                          AND (:reason::text IS NULL OR cause_code = :reason)
                          AND (:flow::text IS NULL OR flow_name = :flow OR flow_id = :flow)
                          AND (:from::timestamptz IS NULL OR ended_at >= :from)
                          AND (:to::timestamptz IS NULL OR ended_at < :to)
                        ORDER BY ended_at, run_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", filter.client())
                .param("reason", filter.reason())
                .param("flow", filter.flow())
                .param("from", timestamp(filter.from()))
                .param("to", timestamp(filter.to()))
                .param("limit", filter.limit())
                .query((row, number) -> new RunId(row.getString("run_id")))
                .list();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
