package dev.patchbay.iam.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions and invitations are deleted 90 days after their end, not before. */
@PatchbayTest
class SignInRetentionJobTests {

    @Autowired
    private PeopleFixture people;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final Instant now = Instant.now();
    private TenantId tenant = new TenantId("tnt_unset");
    private UserId user = new UserId("usr_unset");

    @BeforeEach
    void createUser() {
        tenant = people.createTenant();
        user = people.createUser(tenant, "Somebody");
    }

    private void sweep(Duration ahead) {
        var process =
                new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"));
        var sweeper = new SignInRetentionJob(
                process, new ExpiredRowDeletion(tenancy, jdbc), Clock.fixed(now.plus(ahead), ZoneOffset.UTC));
        assertThat(sweeper.isAutoStartup()).isFalse();
        sweeper.runOnce();
    }

    /** Days and intervals count back from now; negative days are in the future, an empty text means never. */
    private void session(int idleDays, int absoluteDays, String ended) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.user_session
                              (tenant_id, session_id, hash, user_id, created_at, seen_at, idle_until, absolute_until, ended_at,
                               source_ip, user_agent)
                            SELECT :tenant, n, sha256((:tenant || n)::bytea), :user, :now, :now, :now - :idle * interval '1 day',
                              :now - :absolute * interval '1 day', :now - :ended::interval, '', ''
                            FROM (SELECT gen_random_uuid()::text AS n) fresh""")
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("idle", idleDays)
                    .param("absolute", absoluteDays)
                    .param("ended", ended.isEmpty() ? null : ended)
                    .update();
        });
    }

    private void invitation(int expiredDays, String accepted, String revoked) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.invitation
                              (tenant_id, invitation_id, user_id, hash, invited_by, created_at, expires_at, accepted_at, revoked_at)
                            SELECT :tenant, n, :user, sha256((:tenant || n)::bytea), :user, :now, :now - :expired * interval '1 day',
                              :now - :accepted::interval, :now - :revoked::interval
                            FROM (SELECT gen_random_uuid()::text AS n) fresh""")
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("expired", expiredDays)
                    .param("accepted", accepted.isEmpty() ? null : accepted)
                    .param("revoked", revoked.isEmpty() ? null : revoked)
                    .update();
        });
    }

    private int count(String table) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay." + table)
                        .query(Integer.class)
                        .single());
    }

    @Test
    void endedAndExpiredSessionsAreDeleted() {
        session(91, -1, "");
        session(91, 91, "");
        session(-1, -6, "91 days");
        session(89, 85, "");
        session(-1, -6, "");
        sweep(Duration.ZERO);
        assertThat(count("user_session")).isEqualTo(2);
        sweep(Duration.ofHours(47));
        assertThat(count("user_session")).isEqualTo(1);
    }

    @Test
    void acceptedRevokedAndExpiredInvitationsAreDeleted() {
        invitation(91, "", "");
        invitation(85, "91 days", "");
        invitation(85, "", "91 days");
        user = people.createUser(tenant, "Another");
        invitation(89, "", "");
        sweep(Duration.ZERO);
        assertThat(count("invitation")).isEqualTo(1);
        sweep(Duration.ofHours(47));
        assertThat(count("invitation")).isZero();
    }
}
