package dev.patchbay.prompts.internal;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.prompts.PromptTemplates.ReleaseSummary;
import dev.patchbay.prompts.PromptTemplates.TemplateRelease;
import dev.patchbay.prompts.PromptTemplates.TemplateView;
import dev.patchbay.prompts.TemplateId;
import dev.patchbay.prompts.TemplateState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code prompt_template} and {@code template_release}. */
@Repository
class TemplateRepository {

    private static final String VIEW = """
            SELECT t.template_id, t.name, t.draft IS NOT NULL AS has_draft, t.revision, t.created_at,
                   (SELECT r.version FROM patchbay.template_release r
                    WHERE r.tenant_id = t.tenant_id AND r.template_id = t.template_id
                    ORDER BY r.position DESC LIMIT 1) AS newest
            FROM patchbay.prompt_template t WHERE t.tenant_id = :tenant
            """;

    private final JdbcClient jdbc;

    TemplateRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<TemplateView> list(TenantId tenant, int limit) {
        return jdbc.sql(VIEW + "ORDER BY t.name LIMIT :limit")
                .param("tenant", tenant.value())
                .param("limit", limit)
                .query((row, number) -> readView(row))
                .list();
    }

    Optional<TemplateView> find(TenantId tenant, TemplateId id) {
        return jdbc.sql(VIEW + "AND t.template_id = :template")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .query((row, number) -> readView(row))
                .optional();
    }

    /** Locks the template until the transaction ends; false when there is none. */
    boolean lock(TenantId tenant, TemplateId id) {
        return jdbc.sql("""
                        SELECT 1 FROM patchbay.prompt_template
                        WHERE tenant_id = :tenant AND template_id = :template FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    Optional<String> findDraft(TenantId tenant, TemplateId id) {
        return jdbc.sql("""
                        SELECT draft FROM patchbay.prompt_template
                        WHERE tenant_id = :tenant AND template_id = :template AND draft IS NOT NULL""")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .query(String.class)
                .optional();
    }

    /** False when a template has that name. */
    boolean insert(TenantId tenant, TemplateId id, String name, String draft, Instant now) {
        return jdbc.sql("""
                        INSERT INTO patchbay.prompt_template (tenant_id, template_id, name, draft, revision, created_at)
                        VALUES (:tenant, :template, :name, :draft, 1, :now)
                        ON CONFLICT (tenant_id, name) DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("template", id.value())
                        .param("name", name)
                        .param("draft", draft)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** False when the draft has another revision. */
    boolean updateDraft(TenantId tenant, TemplateId id, int revision, @Nullable String draft) {
        return jdbc.sql("""
                        UPDATE patchbay.prompt_template SET draft = :draft, revision = revision + 1
                        WHERE tenant_id = :tenant AND template_id = :template AND revision = :revision""")
                        .param("tenant", tenant.value())
                        .param("template", id.value())
                        .param("revision", revision)
                        .param("draft", draft)
                        .update()
                == 1;
    }

    void insertRelease(TenantId tenant, TemplateId id, ReleaseSummary release, String source) {
        jdbc.sql("""
                        INSERT INTO patchbay.template_release
                          (tenant_id, template_id, position, version, state, source, notes, released_by, released_at)
                        SELECT :tenant, :template, coalesce(max(position), 0) + 1, :version, :state, :source, :notes, :actor, :now
                        FROM patchbay.template_release WHERE tenant_id = :tenant AND template_id = :template""")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .param("version", release.version())
                .param("state", release.state().name())
                .param("source", source)
                .param("notes", release.notes())
                .param("actor", release.releasedBy())
                .param("now", release.releasedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void withdraw(TenantId tenant, TemplateId id, String version) {
        jdbc.sql("""
                        UPDATE patchbay.template_release SET state = 'WITHDRAWN'
                        WHERE tenant_id = :tenant AND template_id = :template AND version = :version""")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .param("version", version)
                .update();
    }

    /** The newest first. */
    List<ReleaseSummary> listReleases(TenantId tenant, TemplateId id) {
        return jdbc.sql("""
                        SELECT version, state, notes, released_by, released_at FROM patchbay.template_release
                        WHERE tenant_id = :tenant AND template_id = :template ORDER BY position DESC""")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .query((row, number) -> readRelease(row))
                .list();
    }

    Optional<TemplateRelease> findRelease(TenantId tenant, TemplateId id, String version) {
        return jdbc.sql("""
                        SELECT version, state, notes, released_by, released_at, source FROM patchbay.template_release
                        WHERE tenant_id = :tenant AND template_id = :template AND version = :version""")
                .param("tenant", tenant.value())
                .param("template", id.value())
                .param("version", version)
                .query((row, number) -> new TemplateRelease(readRelease(row), row.getString("source")))
                .optional();
    }

    private static TemplateView readView(ResultSet row) throws SQLException {
        return new TemplateView(
                new TemplateId(row.getString("template_id")),
                row.getString("name"),
                row.getString("newest"),
                row.getBoolean("has_draft"),
                row.getInt("revision"),
                row.getTimestamp("created_at").toInstant());
    }

    private static ReleaseSummary readRelease(ResultSet row) throws SQLException {
        return new ReleaseSummary(
                row.getString("version"),
                TemplateState.valueOf(row.getString("state")),
                row.getString("notes"),
                row.getString("released_by"),
                row.getTimestamp("released_at").toInstant());
    }
}
