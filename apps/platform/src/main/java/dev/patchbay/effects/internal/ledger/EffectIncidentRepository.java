package dev.patchbay.effects.internal.ledger;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Incidents of effects that people see: one effect with two ids at the provider. In the tenant's transaction. */
@Repository
class EffectIncidentRepository {

    private final JdbcClient jdbc;

    EffectIncidentRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void recordSecondProviderId(Claim claim, List<String> providerIds) {
        jdbc.sql("""
                        INSERT INTO patchbay.effect_incident (tenant_id, key, attempt, kind, detail)
                        VALUES (:tenant, :key, :attempt, 'second_provider_id', :detail::jsonb)""")
                .param("tenant", claim.key().tenant().value())
                .param("key", claim.key().text())
                .param("attempt", claim.attempt())
                .param("detail", Json.write(Json.tree(providerIds)))
                .update();
    }

    /**
     * The id of an effect that is done, when it is another one. The row stays locked, since callbacks arrive side by side: the
     * next statement sees what the one before recorded.
     */
    Optional<String> lockOtherProviderId(TenantId tenant, String key, String providerId) {
        return jdbc.sql("""
                        SELECT provider_id FROM patchbay.effect
                        WHERE tenant_id = :tenant AND key = :key AND state = 'DONE' AND provider_id <> :id
                        FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("key", key)
                .param("id", providerId)
                .query(String.class)
                .optional();
    }

    /** Records the late id once. */
    void recordLateProviderId(TenantId tenant, String key, String providerId, String lateId) {
        jdbc.sql("""
                        INSERT INTO patchbay.effect_incident (tenant_id, key, attempt, kind, detail)
                        SELECT e.tenant_id, e.key, e.attempt, 'second_provider_id', jsonb_build_array(:id::text, :late::text)
                        FROM patchbay.effect e
                        WHERE e.tenant_id = :tenant AND e.key = :key
                          AND NOT EXISTS (SELECT FROM patchbay.effect_incident i WHERE i.tenant_id = e.tenant_id
                                            AND i.key = e.key AND i.detail @> to_jsonb(:late::text))""")
                .param("tenant", tenant.value())
                .param("key", key)
                .param("id", providerId)
                .param("late", lateId)
                .update();
    }
}
