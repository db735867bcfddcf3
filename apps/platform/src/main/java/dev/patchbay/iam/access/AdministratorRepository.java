package dev.patchbay.iam.access;

import dev.patchbay.kernel.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the administrators of a tenant within its transaction. */
@Component
class AdministratorRepository {

    private final JdbcClient jdbc;

    AdministratorRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Blocks other changes of this tenant's administrators until the transaction ends. */
    void lock(TenantId tenant) {
        jdbc.sql("SELECT tenant_id FROM patchbay.tenant WHERE tenant_id = :tenant FOR UPDATE")
                .param("tenant", tenant.value())
                .query(String.class)
                .optional();
    }

    /** Counts the active users who are administrators of the whole tenant without expiry, directly or through a group. */
    int count(TenantId tenant) {
        return jdbc.sql("""
                        SELECT count(DISTINCT u.user_id) FROM patchbay.app_user u
                        LEFT JOIN patchbay.group_member m ON m.tenant_id = u.tenant_id AND m.user_id = u.user_id
                        JOIN patchbay.role_assignment a ON a.tenant_id = u.tenant_id
                          AND a.subject_id IN (u.user_id, m.group_id)
                        WHERE u.tenant_id = :tenant AND u.state = 'active' AND a.role IN ('tenant-admin', 'platform-admin')
                          AND a.client_id = '' AND a.resource = '' AND a.expires_at IS NULL""")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single();
    }
}
