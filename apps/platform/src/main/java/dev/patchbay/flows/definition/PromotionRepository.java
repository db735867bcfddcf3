package dev.patchbay.flows.definition;

import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.TenantId;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The changes of active versions. Every method joins the caller's transaction. */
@Repository
class PromotionRepository {

    private final JdbcClient jdbc;

    PromotionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(TenantId tenant, FlowId flowId, Promotion promotion) {
        jdbc.sql("""
                        INSERT INTO patchbay.flow_promotion (tenant_id, flow_id, kind, from_version, to_version, actor, at)
                        VALUES (:tenant, :flow, :kind, :from, :to, :actor, :at)""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .param("kind", promotion.kind().code())
                .param("from", promotion.from())
                .param("to", promotion.to())
                .param("actor", promotion.by())
                .param("at", Timestamp.from(promotion.at()))
                .update();
    }

    /** Newest first. */
    List<Promotion> findAll(TenantId tenant, FlowId flowId) {
        return jdbc.sql("""
                        SELECT kind, from_version, to_version, actor, at FROM patchbay.flow_promotion
                        WHERE tenant_id = :tenant AND flow_id = :flow ORDER BY position DESC""")
                .param("tenant", tenant.value())
                .param("flow", flowId.value())
                .query((row, number) -> new Promotion(
                        PromotionKind.of(row.getString("kind")),
                        row.getString("from_version"),
                        row.getString("to_version"),
                        row.getString("actor"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    /** The version that was active when this one was promoted: rolling back twice goes back further, not forth again. */
    Optional<String> findPrevious(TenantId tenant, FlowId flowId, String version) {
        return findAll(tenant, flowId).stream()
                .filter(promotion -> promotion.kind() == PromotionKind.PROMOTED
                        && promotion.to().equals(version))
                .findFirst()
                .flatMap(promotion -> Optional.ofNullable(promotion.from()));
    }
}
