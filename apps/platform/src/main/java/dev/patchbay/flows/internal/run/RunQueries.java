package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Auditable;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.Transcripts;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Runs as the API and the portal show them. */
@Repository
public class RunQueries {

    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final StepQueries steps;
    private final ApplicationEventPublisher audit;

    RunQueries(JdbcClient jdbc, Tenancy tenancy, StepQueries steps, ApplicationEventPublisher audit) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.steps = steps;
        this.audit = audit;
    }

    /** @param after the {@code next} of the page before */
    public record Filter(
            @Nullable String correlationId,
            @Nullable String client,
            @Nullable String status,
            @Nullable String phone,
            @Nullable String reason,
            @Nullable String after,
            int limit) {}

    public record FlowName(String name, String version) {}

    /**
     * Why a run did not complete, in words, and what to do about it.
     *
     * @param step the task at which it stopped
     */
    public record Cause(
            String code,
            String sentence,
            String nextAction,
            @Nullable String step) {}

    public record RunSummary(
            String id,
            FlowName flow,
            String status,
            String clientId,
            String correlationId,
            @Nullable String eventId,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Cause cause) {}

    public record Page(List<RunSummary> items, @Nullable String next) {}

    /**
     * @param pass how often it was replayed
     * @param ending what it ends as once what it did is undone
     * @param wakesAt when a waiting run goes on by itself
     */
    public record RunDetail(
            String id,
            FlowName flow,
            String status,
            String clientId,
            String correlationId,
            @Nullable String event,
            JsonNode input,
            @Nullable JsonNode output,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Cause cause,
            int pass,
            @Nullable String ending,
            @Nullable Instant wakesAt,
            List<StepQueries.Step> steps) {}

    /** Newest first. */
    public Page list(TenantScope scope, Filter filter) {
        int limit = Math.clamp(filter.limit(), 1, MOST);
        var found = tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
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
                        .param("limit", limit + 1)
                        .query((row, number) -> summary(row))
                        .list());
        return found.size() > limit
                ? new Page(found.subList(0, limit), found.get(limit - 1).id())
                : new Page(found, null);
    }

    /** One run with its steps. Where it tells what was said in a call, the reading is audited in the same transaction. */
    public Optional<RunDetail> read(TenantScope scope, String reader, String runId) {
        return tenancy.inTenant(scope.tenant(), () -> {
            var found = find(scope, runId);
            found.filter(run -> Transcripts.presentIn(Json.tree(run)))
                    .ifPresent(run -> audit.publishEvent(new Auditable(
                            TenantScope.of(scope.tenant(), new ClientId(run.clientId())),
                            reader,
                            "run.transcript_read",
                            "run/" + runId,
                            Optional.empty(),
                            Optional.empty(),
                            new CorrelationId(run.correlationId()))));
            return found;
        });
    }

    private Optional<RunDetail> find(TenantScope scope, String runId) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT * FROM patchbay.run
                        WHERE tenant_id = :tenant AND run_id = :run AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                        .param("tenant", scope.tenant().value())
                        .param("run", runId)
                        .param("scoped", scope.scoped())
                        .query((row, number) -> detail(scope.tenant(), row))
                        .optional());
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        return new RunSummary(
                row.getString("run_id"),
                new FlowName(row.getString("flow_name"), row.getString("version")),
                row.getString("status"),
                row.getString("client_id"),
                row.getString("correlation_id"),
                row.getString("event_id"),
                row.getTimestamp("started_at").toInstant(),
                instant(row.getTimestamp("ended_at")),
                cause(row));
    }

    private RunDetail detail(TenantId tenant, ResultSet row) throws SQLException {
        var summary = summary(row);
        return new RunDetail(
                summary.id(),
                summary.flow(),
                summary.status(),
                summary.clientId(),
                summary.correlationId(),
                summary.eventId(),
                Json.read(row.getString("input")),
                json(row.getString("output")),
                summary.startedAt(),
                summary.endedAt(),
                summary.cause(),
                row.getInt("pass"),
                row.getString("ending"),
                instant(row.getTimestamp("wake_at")),
                steps.of(tenant, summary.id()));
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
            case "rejected" -> "A person said no; nothing to do.";
            case "cancelled" -> "A person cancelled it; replay the run if that was a mistake.";
            default -> FailureReason.valueOf(code.toUpperCase(Locale.ROOT)).nextAction();
        };
    }

    private static @Nullable Instant instant(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.read(text);
    }
}
