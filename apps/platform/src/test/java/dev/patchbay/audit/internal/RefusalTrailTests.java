package dev.patchbay.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Refusal;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Refusals are in the trail, and a flood of them is a few entries. */
@PatchbayTest
class RefusalTrailTests {

    private final SettableClock clock = new SettableClock(Instant.now());
    private TenantId tenant = new TenantId("tnt_unset");

    @Autowired
    private AuditEntryRepository repository;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private Tenants tenants;

    @Autowired
    private JdbcClient jdbc;

    private RefusalTrail trail() {
        return new RefusalTrail(repository, tenancy, clock);
    }

    @BeforeEach
    void createTenant() {
        tenant = new TenantId(Ids.next("tnt", Instant.now()));
        tenants.save(tenant, "Refused");
    }

    private Refusal denied(String actor) {
        return new Refusal(TenantScope.of(tenant), actor, "access.denied", "permission/read:users", "denied");
    }

    private List<String> outcomes() {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT actor || ': ' || outcome FROM patchbay.audit_entry
                        WHERE tenant_id = :tenant AND outcome IS NOT NULL ORDER BY entry_id""")
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .list());
    }

    @Test
    void repetitionsBecomeOneEntryWithTheirNumber() {
        var trail = trail();
        trail.add(denied("tok_one"));
        trail.runOnce();
        assertThat(outcomes()).containsExactly("tok_one: denied");

        for (int each = 0; each < 41; each++) {
            trail.add(denied("tok_one"));
        }
        trail.runOnce();
        assertThat(outcomes()).hasSize(1);

        clock.tick(Duration.ofMinutes(10));
        trail.runOnce();
        assertThat(outcomes()).containsExactly("tok_one: denied", "tok_one: denied 41 times more");

        clock.tick(Duration.ofMinutes(10));
        trail.add(denied("tok_one"));
        trail.runOnce();
        clock.tick(Duration.ofMinutes(10));
        trail.runOnce();
        assertThat(outcomes()).hasSize(3);
    }

    @Test
    void aTenantsManyKindsCountAsOne() {
        var trail = trail();
        for (int each = 0; each < 150; each++) {
            trail.add(denied("tok_" + each));
        }
        trail.runOnce();
        clock.tick(Duration.ofMinutes(10));
        trail.runOnce();

        assertThat(outcomes()).hasSize(102).contains("others: denied", "others: denied 49 times more");
    }

    @Test
    void anEntryThatCannotBeWrittenCostsItselfOnly() {
        var trail = trail();
        trail.add(new Refusal(
                TenantScope.of(new TenantId("tnt_absent")), "tok_x", "access.denied", "permission/x", "denied"));
        trail.add(denied("tok_one"));

        trail.runOnce();

        assertThat(outcomes()).containsExactly("tok_one: denied");
    }
}
