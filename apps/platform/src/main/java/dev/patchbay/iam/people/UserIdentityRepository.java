package dev.patchbay.iam.people;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The accounts of users at the OIDC issuer, by issuer and subject, which never change hands. Within the tenant's transaction except for
 * {@link #listMemberships}.
 */
@Component
class UserIdentityRepository {

    private final JdbcClient jdbc;

    UserIdentityRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An account at an issuer. */
    record Account(String issuer, String subject) {}

    /** The users with that account in all tenants, the latest sign-in first; by a definer function. */
    List<Membership> listMemberships(String issuer, String subject) {
        return jdbc.sql("SELECT tenant_id, tenant_name, user_id, state FROM patchbay.users_of(:issuer, :subject)")
                .param("issuer", issuer)
                .param("subject", subject)
                .query((row, number) -> new Membership(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("tenant_name"),
                        new UserId(row.getString("user_id")),
                        UserState.of(row.getString("state"))))
                .list();
    }

    /** The account of the user; empty before the first sign-in. */
    Optional<Account> findAccount(TenantId tenant, UserId user) {
        return jdbc.sql(
                        "SELECT issuer, subject FROM patchbay.user_identity WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query((row, number) -> new Account(row.getString("issuer"), row.getString("subject")))
                .optional();
    }

    /** Binds the user to the account, in place of an earlier one; {@code DuplicateKeyException} when another user has it. */
    void bind(TenantId tenant, UserId user, String issuer, String subject, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.user_identity (tenant_id, user_id, issuer, subject, bound_at)
                        VALUES (:tenant, :user, :issuer, :subject, :now)
                        ON CONFLICT (tenant_id, user_id) DO UPDATE
                        SET issuer = excluded.issuer, subject = excluded.subject, bound_at = excluded.bound_at""")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("issuer", issuer)
                .param("subject", subject)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void recordSignIn(TenantId tenant, UserId user, Instant now) {
        jdbc.sql("UPDATE patchbay.user_identity SET signed_in_at = :now WHERE tenant_id = :tenant AND user_id = :user")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", user.value())
                .update();
    }
}
