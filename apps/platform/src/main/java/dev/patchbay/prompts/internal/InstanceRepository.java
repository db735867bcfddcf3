package dev.patchbay.prompts.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.prompts.InstanceId;
import dev.patchbay.prompts.PromptInstances.InstanceDetail;
import dev.patchbay.prompts.PromptInstances.InstanceView;
import dev.patchbay.prompts.TemplateId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The table {@code prompt_instance}. */
@Repository
class InstanceRepository {

    private final JdbcClient jdbc;

    InstanceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<InstanceView> list(TenantScope scope, @Nullable ClientId client, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.prompt_instance
                        WHERE tenant_id = :tenant AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                        ORDER BY instance_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", client == null ? null : client.value())
                .param("limit", limit)
                .query((row, number) -> readView(row))
                .list();
    }

    Optional<InstanceDetail> find(TenantScope scope, InstanceId id) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.prompt_instance
                        WHERE tenant_id = :tenant AND instance_id = :instance
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", scope.tenant().value())
                .param("instance", id.value())
                .param("scoped", scope.scoped())
                .query((row, number) ->
                        new InstanceDetail(readView(row), row.getString("source"), values(row.getString("variables"))))
                .optional();
    }

    /** False when the client has a prompt of that template. */
    boolean insert(TenantId tenant, InstanceView instance, String source, Map<String, JsonNode> values) {
        return jdbc.sql("""
                        INSERT INTO patchbay.prompt_instance (tenant_id, instance_id, client_id, template_id, base_version,
                          source, variables, revision, created_at)
                        VALUES (:tenant, :instance, :client, :template, :base, :source, :variables::jsonb, :revision, :now)
                        ON CONFLICT (tenant_id, client_id, template_id) DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("instance", instance.id().value())
                        .param("client", instance.clientId().value())
                        .param("template", instance.templateId().value())
                        .param("base", instance.baseVersion())
                        .param("source", source)
                        .param("variables", Json.write(values))
                        .param("revision", instance.revision())
                        .param("now", instance.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False when the prompt has another revision. */
    boolean update(
            TenantId tenant,
            InstanceId id,
            int revision,
            String baseVersion,
            String source,
            Map<String, JsonNode> values) {
        return jdbc.sql("""
                        UPDATE patchbay.prompt_instance
                        SET base_version = :base, source = :source, variables = :variables::jsonb, revision = revision + 1
                        WHERE tenant_id = :tenant AND instance_id = :instance AND revision = :revision""")
                        .param("tenant", tenant.value())
                        .param("instance", id.value())
                        .param("revision", revision)
                        .param("base", baseVersion)
                        .param("source", source)
                        .param("variables", Json.write(values))
                        .update()
                == 1;
    }

    private static InstanceView readView(ResultSet row) throws SQLException {
        return new InstanceView(
                new InstanceId(row.getString("instance_id")),
                new ClientId(row.getString("client_id")),
                new TemplateId(row.getString("template_id")),
                row.getString("base_version"),
                row.getInt("revision"),
                row.getTimestamp("created_at").toInstant());
    }

    static Map<String, JsonNode> values(String json) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        Json.read(json).properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }
}
