package dev.patchbay.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Every column has a greatest length and every kind of row a greatest number; a new table is tested without a change here. */
@PatchbayTest
class ColumnBoundsTests {

    private static final TenantId TENANT = new TenantId("tnt_bounds");

    /**
     * Tables that people do not fill by hand: their rows follow calls, webhooks and runs, which have limits of their own, or there
     * is one for each row of a table that has a quota.
     */
    private static final List<String> FOLLOWING_ROWS = List.of(
            "account",
            "attempt",
            "audit_entry",
            "billing_period",
            "calendar_lane",
            "call",
            "call_day",
            "call_mark",
            "carried_period",
            "connection_outage",
            "effect",
            "effect_incident",
            "event",
            "event_dispatch",
            "event_route",
            "flow_trigger_miss",
            "idempotency_key",
            "ingress_dedup",
            "ingress_raw",
            "invoice",
            "invoice_line",
            "live_act",
            "live_caller",
            "live_invocation",
            "mail",
            "node",
            "notice",
            "notice_delivery",
            "period_rating",
            "policy_version",
            "poll_cursor",
            "poll_fact",
            "provider_invoice_difference",
            "provider_invoice_line",
            "rate_bucket",
            "rate_window",
            "reservation",
            "run",
            "run_pass",
            "step",
            "tenant",
            "tenant_key",
            "transfer",
            "usage_collection",
            "usage_day",
            "usage_record",
            "usage_rejection",
            "usage_rollup",
            "usage_snapshot",
            "usage_stream",
            "user_identity");

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyColumnOfTextJsonOrBytesHasAGreatestLength() {
        assertThat(namesFrom("""
                SELECT c.relname || '.' || a.attname
                FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
                WHERE c.relnamespace = 'patchbay'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypmod < 0
                  AND t.typlen = -1 AND t.typname NOT IN ('numeric', 'inet', 'cidr') AND t.typtype = 'b'
                  AND NOT EXISTS (
                    SELECT FROM pg_constraint k
                    WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)
                      AND pg_get_constraintdef(k.oid) ~ '(length|pg_column_size)\\(|= ANY \\(')
                """)).isEmpty();
    }

    @Test
    void everyTableThatPeopleFillHasAQuota() {
        assertThat(namesFrom("""
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace = 'patchbay'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                  AND has_any_column_privilege('patchbay_app', c.oid, 'INSERT')
                  AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'quota')
                """)).isSubsetOf(FOLLOWING_ROWS);
    }

    private List<String> namesFrom(String query) {
        return tenancy.throughDefinerFunction(
                () -> jdbc.sql(query).query(String.class).list());
    }

    @Test
    void aLongerTextIsRefusedWhicheverWayItComes() {
        assertThatThrownBy(() -> insertTenant("n".repeat(65_537)))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("name_is_bounded");
        insertTenant("n".repeat(65_536));
    }

    private void insertTenant(String name) {
        tenancy.inTenant(TENANT, () -> {
            jdbc.sql("INSERT INTO patchbay.tenant (tenant_id, name) VALUES (:tenant, :name) ON CONFLICT DO NOTHING")
                    .param("tenant", TENANT.value())
                    .param("name", name)
                    .update();
        });
    }

    @Test
    void theRowAfterTheLastAllowedOneIsRefused() {
        insertTenant("Bounds");
        insertRoles(1, 200);

        assertThatThrownBy(() -> insertRoles(201, 201))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("a tenant has at most 200 rows of custom_role");

        tenancy.inTenant(TENANT, () -> {
            jdbc.sql("DELETE FROM patchbay.custom_role WHERE tenant_id = :tenant AND role_id = 'rol_1'")
                    .param("tenant", TENANT.value())
                    .update();
        });
        insertRoles(201, 201);
    }

    private void insertRoles(int first, int last) {
        tenancy.inTenant(TENANT, () -> {
            jdbc.sql("""
                    INSERT INTO patchbay.custom_role (tenant_id, role_id, name, permissions)
                    SELECT :tenant, 'rol_' || n, 'Role ' || n, '{}' FROM generate_series(:first, :last) n""")
                    .param("tenant", TENANT.value())
                    .param("first", first)
                    .param("last", last)
                    .update();
        });
    }
}
