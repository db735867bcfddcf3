package dev.patchbay.iam.people;

import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who users are at the OIDC issuer: by issuer and subject, which never change hands. */
@Component
public class UserIdentityRepository {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    UserIdentityRepository(Tenancy tenancy, JdbcClient jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** A user that somebody is, in one agency. */
    public record Membership(TenantId tenant, String tenantName, String user, String state) {

        public boolean isActive() {
            return state.equals("active");
        }
    }

    /** Every user that this somebody is, where they signed in last first. */
    public List<Membership> of(String issuer, String subject) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql(
                        "SELECT tenant_id, tenant_name, user_id, state FROM patchbay.users_of(:issuer, :subject)")
                .param("issuer", issuer)
                .param("subject", subject)
                .query((row, number) -> new Membership(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("tenant_name"),
                        row.getString("user_id"),
                        row.getString("state")))
                .list());
    }

    /** Every user that the same somebody is as this one; none when nobody signed in as them yet. */
    public List<Membership> besides(TenantId tenant, String user) {
        record Known(String issuer, String subject) {}
        Optional<Known> known = tenancy.inTenant(
                tenant,
                () -> jdbc.sql(
                                "SELECT issuer, subject FROM patchbay.user_identity WHERE tenant_id = :tenant AND user_id = :user")
                        .param("tenant", tenant.value())
                        .param("user", user)
                        .query((row, number) -> new Known(row.getString("issuer"), row.getString("subject")))
                        .optional());
        return known.map(one -> of(one.issuer(), one.subject())).orElse(List.of());
    }

    /** Where the user signs in; empty when nobody did as them yet. */
    public Optional<String> issuer(TenantId tenant, String user) {
        return jdbc.sql("SELECT issuer FROM patchbay.user_identity WHERE tenant_id = :tenant AND user_id = :user")
                .param("tenant", tenant.value())
                .param("user", user)
                .query(String.class)
                .optional();
    }

    /**
     * Makes the somebody that user, from now on, instead of whoever was; throws {@code DuplicateKeyException} when they are
     * another user of the agency.
     */
    public void bind(TenantId tenant, String user, String issuer, String subject, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.user_identity (tenant_id, user_id, issuer, subject, bound_at)
                        VALUES (:tenant, :user, :issuer, :subject, :now)
                        ON CONFLICT (tenant_id, user_id) DO UPDATE
                        SET issuer = excluded.issuer, subject = excluded.subject, bound_at = excluded.bound_at""")
                .param("tenant", tenant.value())
                .param("user", user)
                .param("issuer", issuer)
                .param("subject", subject)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    public void signedIn(TenantId tenant, String user, Instant now) {
        jdbc.sql("UPDATE patchbay.user_identity SET signed_in_at = :now WHERE tenant_id = :tenant AND user_id = :user")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("user", user)
                .update();
    }
}
