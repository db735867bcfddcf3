package dev.patchbay.flows.internal.definition;

import dev.patchbay.flows.internal.definition.FlowRepository.StoredVersion;
import dev.patchbay.kernel.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which version became the active one, when and by whom. Every method joins the caller's transaction. */
@Repository
public class Promotions {

    private final JdbcClient jdbc;

    Promotions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One change of the active version.
     *
     * @param kind {@code promoted} or {@code rolled_back}
     * @param from the version that was active before; null when none was
     */
    public record Promotion(String kind, @Nullable String from, String to, String by, Instant at) {}

    /** Writes down that the version is the active one from now on. */
    public void record(TenantId tenant, StoredVersion version, Promotion promotion) {
        jdbc.sql("""
                        INSERT INTO patchbay.flow_promotion (tenant_id, flow_id, kind, from_version, to_version, actor, at)
                        VALUES (:tenant, :flow, :kind, :from, :to, :actor, :at)""")
                .param("tenant", tenant.value())
                .param("flow", version.flowId())
                .param("kind", promotion.kind())
                .param("from", promotion.from())
                .param("to", promotion.to())
                .param("actor", promotion.by())
                .param("at", Timestamp.from(promotion.at()))
                .update();
    }

    /** Newest first. */
    public List<Promotion> list(TenantId tenant, String flowId) {
        return jdbc.sql("""
                        SELECT kind, from_version, to_version, actor, at FROM patchbay.flow_promotion
                        WHERE tenant_id = :tenant AND flow_id = :flow ORDER BY position DESC""")
                .param("tenant", tenant.value())
                .param("flow", flowId)
                .query((row, number) -> new Promotion(
                        row.getString("kind"),
                        row.getString("from_version"),
                        row.getString("to_version"),
                        row.getString("actor"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    /** The version that was active when this one was promoted: going back twice goes back further, not forth again. */
    public Optional<String> before(TenantId tenant, String flowId, String version) {
        return list(tenant, flowId).stream()
                .filter(promotion ->
                        promotion.kind().equals("promoted") && promotion.to().equals(version))
                .findFirst()
                .flatMap(promotion -> Optional.ofNullable(promotion.from()));
    }
}
