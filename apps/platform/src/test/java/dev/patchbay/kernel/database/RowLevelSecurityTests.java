package dev.patchbay.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Row-level security between tenants, tested on every table of the schema; a new table is tested without a change here. */
@PatchbayTest
class RowLevelSecurityTests {

    private static final TenantId OTHER = new TenantId("tnt_other");

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void everyTableHasAPolicyOrIsInaccessible() {
        var open = tenancy.throughDefinerFunction(
                () -> jdbc.sql("""
                        SELECT c.relname FROM pg_class c
                        WHERE c.relnamespace = 'patchbay'::regnamespace AND c.relkind IN ('r', 'p')
                          AND (NOT c.relrowsecurity
                               OR (has_any_column_privilege('patchbay_app', c.oid, 'SELECT, INSERT, UPDATE')
                                   AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)))""").query(String.class).list());

        assertThat(open).isEmpty();
    }

    @Test
    void anotherTenantReadsNoRowOfAnyTable() {
        PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));
        var tables = readable();

        assertThat(tables).hasSizeGreaterThan(12);
        for (String table : tables) {
            assertThat(rows(OTHER, table)).as(table).isZero();
        }
        assertThat(rows(new TenantId("tnt_demo"), "run")).isPositive();
        assertThat(rows(new TenantId("tnt_demo"), "effect")).isPositive();
    }

    @Test
    void anotherTenantChangesNoRowOfAnyTable() {
        PhoneCalls.ended(PhoneCalls.place(PhoneCalls.newCaller()));

        for (String table : updatable()) {
            int changed = tenancy.inTenant(
                    OTHER,
                    () -> jdbc.sql("UPDATE patchbay." + table + " SET tenant_id = tenant_id")
                            .update());
            assertThat(changed).as(table).isZero();
        }
    }

    @Test
    void aRowOfAnotherTenantIsNotWritten() {
        assertThatThrownBy(() -> tenancy.inTenant(
                        OTHER,
                        () -> jdbc.sql(
                                        "INSERT INTO patchbay.flow (tenant_id, flow_id, name) VALUES ('tnt_demo', 'flw_forged', 'forged')")
                                .update()))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void aStatementWithoutATenantThrows() {
        assertThatThrownBy(() -> jdbc.sql("SELECT 1").query(Integer.class).single())
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void theServerHasTheVersionUnderTest() {
        String expected = System.getProperty("patchbay.test.postgres-archive") == null ? "18." : "15.";

        assertThat(tenancy.throughDefinerFunction(() ->
                        jdbc.sql("SHOW server_version").query(String.class).single()))
                .startsWith(expected);
    }

    @Test
    void aTransactionKeepsItsTenant() {
        assertThatThrownBy(() -> tenancy.inTenant(OTHER, () -> tenancy.throughDefinerFunction(() -> true)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theApplicationOwnsNothingAndNoRoleBypassesRowLevelSecurity() {
        assertThat(
                        count(
                                "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = 'patchbay_app'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'patchbay%' AND (rolsuper OR rolbypassrls)"))
                .isZero();
    }

    private long count(String sql) {
        return tenancy.throughDefinerFunction(
                () -> jdbc.sql(sql).query(Long.class).single());
    }

    private List<String> readable() {
        return tables("SELECT");
    }

    private List<String> updatable() {
        return tables("UPDATE");
    }

    private List<String> tables(String privilege) {
        return tenancy.throughDefinerFunction(() ->
                jdbc.sql("""
                        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                        WHERE c.relnamespace = 'patchbay'::regnamespace AND c.relkind IN ('r', 'p')
                          AND has_column_privilege('patchbay_app', c.oid, a.attnum, :privilege)""").param("privilege", privilege).query(String.class).list());
    }

    private long rows(TenantId tenant, String table) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                        .query(Long.class)
                        .single());
    }
}
