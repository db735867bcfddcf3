package dev.patchbay.prompts.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.prompts.InstanceId;
import dev.patchbay.prompts.PromptInstances.InstanceDetail;
import dev.patchbay.prompts.PromptInstances.ReleaseView;
import dev.patchbay.prompts.ReleaseId;
import dev.patchbay.prompts.ReleaseState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code prompt_release}. */
@Repository
class ReleaseRepository {

    private final JdbcClient jdbc;

    ReleaseRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TenantId tenant, ReleaseId id, InstanceDetail frozen, String actor, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.prompt_release (tenant_id, release_id, instance_id, client_id, number, base_version,
                          revision, source, variables, state, released_by, released_at)
                        SELECT :tenant, :release, :instance, :client, coalesce(max(number), 0) + 1, :base, :revision, :source,
                          :variables::jsonb, 'VALIDATED', :actor, :now
                        FROM patchbay.prompt_release WHERE tenant_id = :tenant AND instance_id = :instance""")
                .param("tenant", tenant.value())
                .param("release", id.value())
                .param("instance", frozen.instance().id().value())
                .param("client", frozen.instance().clientId().value())
                .param("base", frozen.instance().baseVersion())
                .param("revision", frozen.instance().revision())
                .param("source", frozen.source())
                .param("variables", Json.write(frozen.values()))
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    List<ReleaseView> list(TenantId tenant, InstanceId instance, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.prompt_release
                        WHERE tenant_id = :tenant AND instance_id = :instance ORDER BY number DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("instance", instance.value())
                .param("limit", limit)
                .query((row, number) -> readView(row))
                .list();
    }

    /** Locks the release until the transaction ends. */
    Optional<ReleaseView> lock(TenantScope scope, ReleaseId id) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.prompt_release
                        WHERE tenant_id = :tenant AND release_id = :release
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped)) FOR UPDATE""")
                .param("tenant", scope.tenant().value())
                .param("release", id.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> readView(row))
                .optional();
    }

    Optional<String> findSource(TenantId tenant, InstanceId instance, int number) {
        return jdbc.sql("""
                        SELECT source FROM patchbay.prompt_release
                        WHERE tenant_id = :tenant AND instance_id = :instance AND number = :number""")
                .param("tenant", tenant.value())
                .param("instance", instance.value())
                .param("number", number)
                .query(String.class)
                .optional();
    }

    void setState(TenantId tenant, ReleaseId id, ReleaseState state, @Nullable String approvedBy) {
        jdbc.sql("""
                        UPDATE patchbay.prompt_release SET state = :state, approved_by = coalesce(:approver, approved_by)
                        WHERE tenant_id = :tenant AND release_id = :release""")
                .param("tenant", tenant.value())
                .param("release", id.value())
                .param("state", state.name())
                .param("approver", approvedBy)
                .update();
    }

    private static ReleaseView readView(ResultSet row) throws SQLException {
        return new ReleaseView(
                new ReleaseId(row.getString("release_id")),
                new InstanceId(row.getString("instance_id")),
                new ClientId(row.getString("client_id")),
                row.getInt("number"),
                row.getString("base_version"),
                ReleaseState.valueOf(row.getString("state")),
                row.getString("released_by"),
                row.getTimestamp("released_at").toInstant(),
                row.getString("approved_by"));
    }
}
