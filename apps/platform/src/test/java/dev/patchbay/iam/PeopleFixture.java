package dev.patchbay.iam;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Assignment;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.NewAssignment;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.access.TokenGrant;
import dev.patchbay.iam.people.UserState;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.NewToken;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Creates tenants, clients, users and tokens for tests. */
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

    /** A new tenant. */
    public TenantId createTenant() {
        var tenant = new TenantId(Ids.next("tnt", Instant.now()));
        tenants.save(tenant, "Agency " + tenant);
        return tenant;
    }

    /** The tenant of the operators. */
    public void createPlatformTenant() {
        tenants.save(Tenants.PLATFORM, "Operators");
    }

    public ClientId createClient(TenantId tenant, String name) {
        return clients.create(tenant, "system", name, ZoneId.of("UTC"), Json.object())
                .id();
    }

    /** An active user. */
    public UserId createUser(TenantId tenant, String name) {
        UserId id = UserId.next(Instant.now());
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.app_user (tenant_id, user_id, email, name, state)
                            VALUES (:tenant, :user, :email, :name, 'active')""")
                    .param("tenant", tenant.value())
                    .param("user", id.value())
                    .param("email", id + "@example.com")
                    .param("name", name)
                    .update();
        });
        access.refresh(tenant);
        return id;
    }

    public void setState(TenantId tenant, UserId user, UserState state) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.app_user SET state = :state WHERE tenant_id = :tenant AND user_id = :user")
                    .param("state", state.label())
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .update();
        });
    }

    public Assignment assign(TenantId tenant, UserId user, String role, Optional<ClientId> client) {
        return assign(tenant, user.value(), role, client);
    }

    /** @param subject a user's or a group's id */
    public Assignment assign(TenantId tenant, String subject, String role, Optional<ClientId> client) {
        return assignments.assign(
                "system",
                tenant,
                new NewAssignment(subject, new RoleId(role), client, Optional.empty(), Optional.empty()));
    }

    /** A new bearer token. */
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

    /** The identity of a request of that user. */
    public static Identity identityOf(TenantId tenant, UserId user) {
        return Identity.ofUser(tenant, user, new SessionId("ses_test"), Optional.empty());
    }

    /** An identity that holds every permission in the tenant. */
    public static Identity adminIdentity(TenantId tenant) {
        return Identity.ofToken(
                tenant, new TokenId("tok_root"), new TokenGrant(Set.of(Permission.of("*:*")), Optional.empty()));
    }
}
