package dev.patchbay.iam.access;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps a tenant from losing the last user who may do everything in it: nobody inside could mend that. */
@Component
public class LastAdminGuard {

    private final JdbcClient jdbc;
    private final Clock clock;

    LastAdminGuard(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Called within the transaction of a change, before and after it: of two that each take one of the last two away, the
     * second waits for the first.
     */
    public void lock(TenantId tenant) {
        jdbc.sql("SELECT tenant_id FROM patchbay.tenant WHERE tenant_id = :tenant FOR UPDATE")
                .param("tenant", tenant.value())
                .query(String.class)
                .optional();
    }

    /** How many active users hold {@code tenant-admin} for the whole tenant without an end, by themselves or through a group. */
    public int count(TenantId tenant) {
        return jdbc.sql("""
                        SELECT count(DISTINCT u.user_id) FROM patchbay.app_user u
                        LEFT JOIN patchbay.group_member m ON m.tenant_id = u.tenant_id AND m.user_id = u.user_id
                        JOIN patchbay.role_assignment a ON a.tenant_id = u.tenant_id
                          AND a.subject_id IN (u.user_id, m.group_id)
                        WHERE u.tenant_id = :tenant AND u.state = 'active' AND a.role IN ('tenant-admin', 'platform-admin')
                          AND a.client_id = '' AND a.resource = '' AND (a.expires_at IS NULL OR a.expires_at > :now)""")
                .param("tenant", tenant.value())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /**
     * Runs a change that may take an administrator away.
     *
     * @throws Problem {@code 409.access_conflict} when it took the last one; the transaction has to be rolled back
     */
    public void runGuarded(TenantId tenant, Runnable change) {
        lock(tenant);
        int before = count(tenant);
        change.run();
        if (before > 0 && count(tenant) == 0) {
            throw new Problem(
                    ProblemType.ACCESS_CONFLICT,
                    "That would leave the agency without an administrator; make somebody else tenant-admin first.");
        }
    }
}
