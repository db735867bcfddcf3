package dev.patchbay.insights.calls;

import dev.patchbay.insights.calls.CallFigures.Grouping;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the table {@code call_day} within the tenant's transaction. */
@Repository
class CallDayRepository {

    private final JdbcClient jdbc;

    CallDayRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param key the key of the grouping; empty text for all days together */
    record DaySum(String key, CallOutcome outcome, long calls, long seconds) {}

    List<DaySum> sum(DayQuery query, Grouping grouping) {
        String key = switch (grouping) {
            case NONE -> "''::text";
            case DAY -> "day";
            case CLIENT -> "client_id";
            case REASON -> "reason";
            case FLOW -> "flow_name";
        };
        return jdbc.sql("SELECT " + key + """
                         AS key, outcome, sum(calls)::bigint AS calls, sum(seconds)::bigint AS seconds
                        FROM patchbay.call_day
                        WHERE tenant_id = :tenant AND day >= :from AND day <= :to
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                          AND (:reason::text IS NULL OR reason = :reason)
                          AND (:flow::text IS NULL OR flow_name = :flow)
                        GROUP BY 1, 2 HAVING sum(calls) <> 0 ORDER BY 1, 2""")
                .param("tenant", query.scope().tenant().value())
                .param("from", query.from())
                .param("to", query.to())
                .param("scoped", query.scope().scoped())
                .param("client", query.client().orElse(null))
                .param("reason", query.reason().orElse(null))
                .param("flow", query.flow().orElse(null))
                .query((row, number) -> new DaySum(
                        row.getString("key"),
                        CallOutcome.of(row.getString("outcome")),
                        row.getLong("calls"),
                        row.getLong("seconds")))
                .list();
    }
}
