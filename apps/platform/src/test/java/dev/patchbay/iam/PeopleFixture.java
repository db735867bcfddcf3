package dev.patchbay.iam;

import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.Assignment;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts people and clients into tenants of a test's own. */
@Component
public final class PeopleFixture {

    private final Tenants tenants;
    private final Clients clients;
    private final ServiceTokens tokens;
    private final RoleAssignments assignments;
    private final Access access;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    PeopleFixture(
            Tenants tenants,
            Clients clients,
            ServiceTokens tokens,
            RoleAssignments assignments,
            Access access,
            Tenancy tenancy,
            JdbcClient jdbc) {
        this.tenants = tenants;
        this.clients = clients;
        this.tokens = tokens;
        this.assignments = assignments;
        this.access = access;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** A new agency. */
    public TenantId createTenant() {
        var tenant = new TenantId(Ids.next("tnt", Instant.now()));
        tenants.save(tenant, "Agency " + tenant);
        return tenant;
    }

    /** The tenant of those who run the installation. */
    public void createPlatformTenant() {
        tenants.save(RoleAssignments.PLATFORM, "Operators");
    }

    public ClientId createClient(TenantId tenant, String name) {
        return clients.create(tenant, "system", name, ZoneId.of("UTC"), Json.object())
                .id();
    }

    /** An active user. */
    public String createUser(TenantId tenant, String name) {
        String id = Ids.next("usr", Instant.now());
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.app_user (tenant_id, user_id, email, name, state)
                            VALUES (:tenant, :user, :email, :name, 'active')""")
                    .param("tenant", tenant.value())
                    .param("user", id)
                    .param("email", id + "@example.com")
                    .param("name", name)
                    .update();
        });
        access.refresh(tenant);
        return id;
    }

    public void setState(TenantId tenant, String user, String state) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.app_user SET state = :state WHERE tenant_id = :tenant AND user_id = :user")
                    .param("state", state)
                    .param("tenant", tenant.value())
                    .param("user", user)
                    .update();
        });
    }

    public Assignment assign(TenantId tenant, String subject, String role, Optional<ClientId> client) {
        return assignments.assign(
                "system",
                tenant,
                new NewAssignment(subject, role, client, Optional.empty(), Optional.empty()));
    }

    /** A bearer token in clear. */
    public String issueToken(TenantId tenant, Optional<ClientId> client, String... permissions) {
        return tokens.issue(
                        tenant,
                        "system",
                        new NewToken(
                                "test",
                                Stream.of(permissions).map(Permission::of).collect(Collectors.toSet()),
                                client,
                                Optional.empty()))
                .secret();
    }

    /** The user as the controllers see them. */
    public static Identity identityOf(TenantId tenant, String user) {
        return Identity.user(tenant, user, "ses_test", Optional.empty());
    }

    /** Somebody who may do everything in the tenant. */
    public static Identity adminIdentity(TenantId tenant) {
        return Identity.token(tenant, "tok_root", new TokenGrant(Set.of(Permission.of("*:*")), Optional.empty()));
    }
}
