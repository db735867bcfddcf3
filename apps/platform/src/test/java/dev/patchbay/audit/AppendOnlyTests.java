package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The database itself refuses changes of the audit trail. */
@PatchbayTest
class AppendOnlyTests {

    @Autowired
    private ApplicationContext platform;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private AuditFixture fixture;

    @BeforeEach
    void createFixture() {
        fixture = new AuditFixture(platform);
    }

    @Test
    void theServingLoginCannotChooseSequenceNumbers() {
        var tenant = fixture.createTenantWithEntries(1);
        for (String attempt : new String[] {
            "UPDATE patchbay.audit_entry SET seq = 7",
            "UPDATE patchbay.audit_chain SET seq = 7",
            "DELETE FROM patchbay.audit_chain",
            "INSERT INTO patchbay.audit_entry (tenant_id, entry_id, actor, action, resource, correlation_id, at, seq, hash)"
                    + " VALUES ('" + tenant + "', 'aud_x', 'a', 'b', 'c', 'd', now(), 7, sha256(''))"
        }) {
            assertThatThrownBy(() ->
                            tenancy.inTenant(tenant, () -> jdbc.sql(attempt).update()))
                    .hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void updatesDeletesAndTruncatesAreRefused() {
        var tenant = fixture.createTenantWithEntries(1);
        String where = " WHERE tenant_id = '" + tenant + "'";
        for (String attempt : new String[] {
            "UPDATE patchbay.audit_entry SET actor = 'nobody'" + where,
            "UPDATE patchbay.audit_entry SET seq = 7" + where,
            "DELETE FROM patchbay.audit_entry" + where,
            "TRUNCATE patchbay.audit_entry",
            "UPDATE patchbay.audit_chain SET seq = 1, hash = sha256('')" + where,
            "DELETE FROM patchbay.audit_chain" + where,
            "TRUNCATE patchbay.audit_chain",
            "BEGIN; INSERT INTO patchbay.audit_entry (tenant_id, entry_id, actor, action, resource, correlation_id, at)"
                    + " VALUES ('" + tenant + "', 'aud_x', 'a', 'b', 'c', 'd', now());"
                    + " UPDATE patchbay.audit_entry SET actor = 'nobody' WHERE entry_id = 'aud_x'"
        }) {
            assertThatThrownBy(() -> AuditFixture.executeAsSuperuser(attempt)).hasMessageContaining("append-only");
        }
    }
}
