package dev.patchbay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.PatchbayTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The owner of the database server tampers with the audit trail; the verifier detects it in an export. */
@PatchbayTest
class TamperedDatabaseTests {

    private static final int ENTRIES = 5;

    /** Recomputes all numbers, hashes and the head, as a forger with full access would. */
    private static final String RECOMPUTE_CHAIN = """
            DO $$
            DECLARE e patchbay.audit_entry; n bigint := 0; h bytea := decode(repeat('00', 32), 'hex');
            BEGIN
              FOR e IN SELECT * FROM patchbay.audit_entry WHERE tenant_id = '%1$s' AND seq IS NOT NULL ORDER BY seq LOOP
                n := n + 1;
                e.seq := n;
                h := sha256(h || convert_to(patchbay.audit_line(e, false), 'UTF8'));
                UPDATE patchbay.audit_entry SET seq = n, hash = h WHERE tenant_id = '%1$s' AND entry_id = e.entry_id;
              END LOOP;
              UPDATE patchbay.audit_chain SET seq = n, hash = h WHERE tenant_id = '%1$s';
            END $$""";

    @Autowired
    private ApplicationContext platform;

    private AuditFixture fixture;
    private TenantId tenant;

    @BeforeEach
    void trail() {
        fixture = new AuditFixture(platform);
        tenant = fixture.createTenantWithEntries(ENTRIES);
    }

    @Test
    void anEditOfAnyColumnIsDetected() {
        for (String column : List.of(
                "actor",
                "action",
                "resource",
                "client_id",
                "before_digest",
                "after_digest",
                "correlation_id",
                "source_ip",
                "user_agent",
                "on_behalf_of")) {
            AuditFixture.tamper(entry("UPDATE", "SET " + column + " = coalesce(" + column + ", '') || '!'", 3));
            findingOf("seq 3: edited");
            tenant = fixture.createTenantWithEntries(ENTRIES);
        }
        AuditFixture.tamper(entry("UPDATE", "SET at = at + interval '1 microsecond'", 3));
        findingOf("seq 3: edited");
        AuditFixture.tamper(entry("UPDATE", "SET hash = sha256('')", 1));
        findingOf("seq 1: edited");
    }

    @Test
    void deletionOfAnyRowIsDetected() {
        AuditFixture.tamper(entry("DELETE FROM", "", 5));
        findingOf("seq 5: truncated");
        AuditFixture.tamper(entry("DELETE FROM", "", 3));
        findingOf("seq 3: deleted");
        AuditFixture.tamper(entry("DELETE FROM", "", 1));
        findingOf("seq 1: deleted");
        AuditFixture.tamper("DELETE FROM patchbay.audit_entry WHERE tenant_id = '" + tenant + "'");
        findingOf("truncated");
    }

    @Test
    void swappedRowsAreDetected() {
        AuditFixture.tamper(
                entry("UPDATE", "SET seq = 99", 2),
                entry("UPDATE", "SET seq = 2", 4),
                entry("UPDATE", "SET seq = 4", 99));
        assertThat(findingOf("seq 2: edited")).contains("seq 4: edited");
    }

    @Test
    void anInsertedRowIsDetected() {
        AuditFixture.tamper(
                "UPDATE patchbay.audit_entry SET seq = seq + 100 WHERE tenant_id = '" + tenant + "' AND seq > 2",
                "UPDATE patchbay.audit_entry SET seq = seq - 99 WHERE tenant_id = '" + tenant + "' AND seq > 100",
                insert(3));
        findingOf("seq 4: edited or inserted");
        tenant = fixture.createTenantWithEntries(ENTRIES);
        AuditFixture.tamper(insert(6));
        findingOf("seq 6: inserted behind the head");
        AuditFixture.tamper(entry("DELETE FROM", "", 6));
    }

    @Test
    void aRowOfAnotherTenantIsDetected() {
        var other = fixture.createTenantWithEntries(ENTRIES);
        AuditFixture.tamper(
                entry("DELETE FROM", "", 3),
                "UPDATE patchbay.audit_entry SET tenant_id = '" + tenant + "' WHERE tenant_id = '" + other
                        + "' AND seq = 3");
        findingOf("seq 3: edited");
    }

    @Test
    void aChangedHeadIsDetected() {
        AuditFixture.tamper("UPDATE patchbay.audit_chain SET hash = sha256('') WHERE tenant_id = '" + tenant + "'");
        findingOf("head: its hash is not that of seq 5");
    }

    @Test
    void aRecomputedChainIsDetectedByItsAnchor() {
        var kept = fixture.awaitSealed(tenant, ENTRIES);
        AuditFixture.tamper(entry("UPDATE", "SET actor = 'usr_innocent'", 2), RECOMPUTE_CHAIN.formatted(tenant));
        assertThat(VerifierProcess.verify(fixture.export(tenant)).exit()).isZero();
        findingOf("seq 5: rewritten", "--anchor", kept.seq() + ":" + kept.hash());

        tenant = fixture.createTenantWithEntries(ENTRIES);
        kept = fixture.awaitSealed(tenant, ENTRIES);
        AuditFixture.tamper(entry("DELETE FROM", "", 5), RECOMPUTE_CHAIN.formatted(tenant));
        findingOf("seq 5: truncated", "--anchor", kept.seq() + ":" + kept.hash());
    }

    private String findingOf(String expected, String... arguments) {
        var verdict = VerifierProcess.verify(fixture.export(tenant), arguments);
        assertThat(verdict.exit()).as(verdict.output()).isEqualTo(1);
        assertThat(verdict.output()).contains(expected);
        return verdict.output();
    }

    private String entry(String verb, String change, int seq) {
        return verb + " patchbay.audit_entry " + change + " WHERE tenant_id = '" + tenant + "' AND seq = " + seq;
    }

    /** With the hash that a genuine entry would have at its position. */
    private String insert(int seq) {
        return """
                INSERT INTO patchbay.audit_entry (tenant_id, entry_id, actor, action, resource, correlation_id, at, seq, hash)
                SELECT tenant_id, 'aud_forged', actor, action, resource, correlation_id, at, %d, hash
                FROM patchbay.audit_entry WHERE tenant_id = '%s' AND seq = %d;
                """.formatted(seq, tenant, seq - 1) + """
                DO $$
                DECLARE e patchbay.audit_entry; p bytea;
                BEGIN
                  SELECT hash INTO p FROM patchbay.audit_entry WHERE tenant_id = '%s' AND seq = %d;
                  SELECT * INTO e FROM patchbay.audit_entry WHERE tenant_id = '%s' AND seq = %d;
                  UPDATE patchbay.audit_entry SET hash = sha256(p || convert_to(patchbay.audit_line(e, false), 'UTF8'))
                  WHERE tenant_id = '%s' AND seq = %d;
                END $$""".formatted(tenant, seq - 1, tenant, seq, tenant, seq);
    }
}
