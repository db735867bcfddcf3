package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.run.RunQueries.CallerOfRun;
import dev.patchbay.flows.run.RunQueries.Cause;
import dev.patchbay.flows.run.RunQueries.Filter;
import dev.patchbay.flows.run.RunQueries.FlowName;
import dev.patchbay.flows.run.RunQueries.RunSummary;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads runs for the API and the portal. Every method joins the caller's transaction. */
@Repository
class RunViewRepository {

    private final JdbcClient jdbc;

    RunViewRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the runs that match the filter, newest first. */
    List<RunSummary> find(TenantScope scope, Filter filter, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.run
                        WHERE tenant_id = :tenant
                          AND (:correlation::text IS NULL OR correlation_id = :correlation)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                          AND (:status::text IS NULL OR status = :status)
                          AND (:phone::text IS NULL OR phone = :phone)
                          AND (:reason::text IS NULL OR cause_code = :reason)
                          AND (:after::text IS NULL OR run_id < :after)
                        ORDER BY run_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("correlation", filter.correlationId())
                .param("scoped", scope.scoped())
                .param("client", filter.client())
                .param("status", filter.status())
                .param("phone", filter.phone())
                .param("reason", filter.reason())
                .param("after", filter.after())
                .param("limit", limit)
                .query((row, number) -> summary(row))
                .list();
    }

    /** Returns the run of a flow for an event, unless a person's data was erased from it. */
    Optional<RunId> findByEvent(TenantScope scope, FlowId flowId, EventId eventId) {
        return jdbc.sql("""
                        SELECT run_id FROM patchbay.run
                        WHERE tenant_id = :tenant AND flow_id = :flow AND event_id = :event AND erased_at IS NULL
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("flow", flowId.value())
                .param("event", eventId.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> new RunId(row.getString("run_id")))
                .optional();
    }

    static RunSummary summary(ResultSet row) throws SQLException {
        JsonNode input = Json.read(row.getString("input"));
        return new RunSummary(
                new RunId(row.getString("run_id")),
                new FlowName(row.getString("flow_name"), row.getString("version")),
                RunStatus.of(row.getString("status")),
                row.getString("client_id"),
                row.getString("correlation_id"),
                Optional.ofNullable(row.getString("event_id")).map(EventId::new).orElse(null),
                row.getTimestamp("started_at").toInstant(),
                instant(row.getTimestamp("ended_at")),
                cause(row),
                CallerOfRun.from(input),
                requested(input));
    }

    private static @Nullable String requested(JsonNode input) {
        String slot = input.at("/call/analysis/custom/slot").asString("");
        return slot.isEmpty() ? null : slot;
    }

    private static @Nullable Cause cause(ResultSet row) throws SQLException {
        String code = row.getString("cause_code");
        if (code == null) {
            return null;
        }
        return new Cause(code, row.getString("cause_sentence"), nextAction(code), row.getString("cause_step"));
    }

    private static String nextAction(String code) {
        return switch (code) {
            case "raised" -> "The flow's author ends the run here on purpose; see the flow.";
            case "rejected" -> "A person rejected it; nothing to do.";
            case "cancelled" -> "A person cancelled it; replay the run if that was a mistake.";
            default -> FailureReason.valueOf(code.toUpperCase(Locale.ROOT)).nextAction();
        };
    }

    static @Nullable Instant instant(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }
}
