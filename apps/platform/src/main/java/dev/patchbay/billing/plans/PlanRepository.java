package dev.patchbay.billing.plans;

import dev.patchbay.billing.PlanId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads and writes the tables {@code plan} and {@code plan_version} within the tenant's transaction. */
@Repository
class PlanRepository {

    private static final String VIEW = """
            SELECT p.plan_id, p.name, p.created_at, v.version, v.state
            FROM patchbay.plan p JOIN LATERAL (
              SELECT version, state FROM patchbay.plan_version
              WHERE tenant_id = p.tenant_id AND plan_id = p.plan_id ORDER BY version DESC LIMIT 1) v ON true
            WHERE p.tenant_id = :tenant
            """;

    private final JdbcClient jdbc;

    PlanRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<PlanView> list(TenantId tenant, String after, int limit) {
        return jdbc.sql(VIEW + "AND p.plan_id > :after ORDER BY p.plan_id LIMIT :limit")
                .param("tenant", tenant.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> readView(row))
                .list();
    }

    Optional<PlanView> find(TenantId tenant, PlanId plan) {
        return jdbc.sql(VIEW + "AND p.plan_id = :plan")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .query((row, number) -> readView(row))
                .optional();
    }

    /** Locks the plan until the transaction ends; returns false when there is no such plan. */
    boolean lock(TenantId tenant, PlanId plan) {
        return jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(tenant_id || plan_id, 450)) IS NOT NULL"
                        + " FROM patchbay.plan WHERE tenant_id = :tenant AND plan_id = :plan")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** Inserts the plan; returns false when a plan already has that name. */
    boolean insert(TenantId tenant, PlanId plan, String name, Instant now) {
        return jdbc.sql("""
                        INSERT INTO patchbay.plan (tenant_id, plan_id, name, created_at)
                        VALUES (:tenant, :plan, :name, :now) ON CONFLICT (tenant_id, name) DO NOTHING""")
                        .param("tenant", tenant.value())
                        .param("plan", plan.value())
                        .param("name", name)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void insertVersion(TenantId tenant, PlanId plan, PlanView.Version version) {
        jdbc.sql("""
                        INSERT INTO patchbay.plan_version
                          (tenant_id, plan_id, version, terms, digest, starts_on, ends_on, created_by, created_at)
                        VALUES (:tenant, :plan, :version, :terms::json, :digest, :starts, :ends, :actor, :now)""")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .param("version", version.version())
                .param("terms", Json.write(version.terms()))
                .param("digest", Json.digest(version.terms()))
                .param("starts", version.startsOn())
                .param("ends", version.endsOn())
                .param("actor", version.createdBy())
                .param("now", version.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    List<PlanView.Version> listVersions(TenantId tenant, PlanId plan, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.plan_version WHERE tenant_id = :tenant AND plan_id = :plan
                        ORDER BY version DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .param("limit", limit)
                .query((row, number) -> readVersion(row))
                .list();
    }

    Optional<PlanView.Version> findVersion(TenantId tenant, PlanId plan, int version) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.plan_version
                        WHERE tenant_id = :tenant AND plan_id = :plan AND version = :version""")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .param("version", version)
                .query((row, number) -> readVersion(row))
                .optional();
    }

    void approve(TenantId tenant, PlanId plan, int version, String actor, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.plan_version SET state = 'APPROVED', approved_by = :actor, approved_at = :now
                        WHERE tenant_id = :tenant AND plan_id = :plan AND version = :version""")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .param("version", version)
                .param("actor", actor)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void retire(TenantId tenant, PlanId plan, int version) {
        jdbc.sql("""
                        UPDATE patchbay.plan_version SET state = 'RETIRED'
                        WHERE tenant_id = :tenant AND plan_id = :plan AND version = :version""")
                .param("tenant", tenant.value())
                .param("plan", plan.value())
                .param("version", version)
                .update();
    }

    private static PlanView readView(ResultSet row) throws SQLException {
        return new PlanView(
                new PlanId(row.getString("plan_id")),
                row.getString("name"),
                row.getInt("version"),
                VersionState.valueOf(row.getString("state")),
                row.getTimestamp("created_at").toInstant());
    }

    private static PlanView.Version readVersion(ResultSet row) throws SQLException {
        return new PlanView.Version(
                row.getInt("version"),
                VersionState.valueOf(row.getString("state")),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("approved_by"),
                toInstant(row.getTimestamp("approved_at")),
                readTerms(row));
    }

    private static JsonNode readTerms(ResultSet row) throws SQLException {
        return Json.read(row.getString("terms"));
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
