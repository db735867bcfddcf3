package dev.patchbay.iam.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.iam.RoleId;
import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Access.Question;
import dev.patchbay.iam.people.UserState;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Scopes and decisions, and how soon a policy change applies. */
@PatchbayTest
class AccessDecisionTests {

    private static final Permission READ_RUNS = Permission.of("read:runs");
    private static final Permission RUN_FLOWS = Permission.of("run:flows");

    @Autowired
    private PeopleFixture people;

    @Autowired
    private Access access;

    @Autowired
    private RoleAssignments assignments;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    @Test
    void aUsersScopeIsTheirClientsOrTheWholeTenant() {
        TenantId tenant = people.createTenant();
        ClientId one = people.createClient(tenant, "One");
        ClientId two = people.createClient(tenant, "Two");
        UserId ben = people.createUser(tenant, "Ben");
        Identity identity = PeopleFixture.identityOf(tenant, ben);
        assertThat(access.findScope(identity, READ_RUNS)).isEmpty();
        people.assign(tenant, ben, "client-viewer", Optional.of(one));
        people.assign(tenant, ben, "client-operator", Optional.of(two));
        assertThat(access.findScope(identity, READ_RUNS)).contains(TenantScope.of(tenant, Set.of(one, two)));
        assertThat(access.findScope(identity, RUN_FLOWS)).contains(TenantScope.of(tenant, two));
        people.assign(tenant, ben, "flow-manager", Optional.empty());
        assertThat(access.findScope(identity, RUN_FLOWS)).contains(TenantScope.of(tenant));
        people.setState(tenant, ben, UserState.SUSPENDED);
        access.refresh(tenant);
        assertThat(access.findScope(identity, RUN_FLOWS)).isEmpty();
        assertThat(access.listAuthorizedUsers(tenant, new Question(RUN_FLOWS, two, null)))
                .isEmpty();
    }

    @Test
    void aRoleCanBeAssignedForOneResource() {
        TenantId tenant = people.createTenant();
        UserId ben = people.createUser(tenant, "Ben");
        assignments.assign(
                "system",
                tenant,
                new NewAssignment(
                        ben.value(),
                        new RoleId("flow-manager"),
                        Optional.empty(),
                        Optional.of("flows/flw_1"),
                        Optional.empty()));
        Identity identity = PeopleFixture.identityOf(tenant, ben);
        assertThat(access.findScope(identity, RUN_FLOWS)).isEmpty();
        assertThat(access.holds(identity, RUN_FLOWS, "flows/flw_1")).isTrue();
        assertThat(access.holds(identity, RUN_FLOWS, "flows/flw_2")).isFalse();
        assertThat(access.holds(PeopleFixture.adminIdentity(tenant), RUN_FLOWS, "flows/flw_1"))
                .isFalse();
        var decision = access.check(tenant, ben.value(), new Question(RUN_FLOWS, null, "flows/flw_1"));
        assertThat(decision.reason()).contains("for flows/flw_1");
        assertThat(decision.via().getFirst().resource()).isEqualTo("flows/flw_1");
        assertThat(access.check(tenant, ben.value(), new Question(RUN_FLOWS, null, "flows/flw_2"))
                        .allow())
                .isFalse();
    }

    @Test
    void aRefusalNamesItsReason() {
        TenantId tenant = people.createTenant();
        UserId ben = people.createUser(tenant, "Ben");
        var nonsense = new Question(Permission.of("read:nonsense"), null, null);

        assertThat(access.check(tenant, "usr_unknown", new Question(READ_RUNS, null, null)))
                .satisfies(decision -> assertThat(decision.allow()).isFalse())
                .satisfies(decision -> assertThat(decision.reason()).contains("is not an active user"));
        assertThat(access.check(tenant, ben.value(), nonsense).reason())
                .isEqualTo("There is no permission read:nonsense.");
        assertThat(access.check(tenant, ben.value(), new Question(READ_RUNS, null, null))
                        .reason())
                .contains("No role of");
    }

    @Test
    void anAssignmentEndsAtItsExpiry() {
        TenantId tenant = people.createTenant();
        UserId ben = people.createUser(tenant, "Ben");
        var end = clock.instant().plusMillis(300);
        assignments.assign(
                "system",
                tenant,
                new NewAssignment(
                        ben.value(), new RoleId("flow-manager"), Optional.empty(), Optional.empty(), Optional.of(end)));
        var question = new Question(RUN_FLOWS, null, null);
        assertThat(access.check(tenant, ben.value(), question).via().getFirst().expiresAt())
                .isPresent();
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                access.check(tenant, ben.value(), question).reason())
                        .contains("has expired"));
        assertThat(access.findScope(PeopleFixture.identityOf(tenant, ben), RUN_FLOWS))
                .isEmpty();
    }

    @Test
    void impersonationWithholdsPermissionsThatGrantAccess() {
        TenantId tenant = people.createTenant();
        UserId ada = people.createUser(tenant, "Ada");
        people.assign(tenant, ada, "tenant-admin", Optional.empty());
        var impersonated =
                Identity.ofUser(tenant, ada, new SessionId("ses_1"), Optional.of(new UserId("usr_platform")));
        assertThat(access.findScope(impersonated, READ_RUNS)).isPresent();
        assertThat(access.findScope(impersonated, Permission.of("assign:roles")))
                .isEmpty();
        assertThat(access.holds(impersonated, Permission.of("issue:tokens"), "tokens/tok_1"))
                .isFalse();
        assertThat(access.findScope(PeopleFixture.identityOf(tenant, ada), Permission.of("operate:platform")))
                .isEmpty();
    }

    /** Another process is another cache on the same database. */
    @Test
    void aPolicyChangeReachesEveryProcessWithinASecond() {
        TenantId tenant = people.createTenant();
        UserId ben = people.createUser(tenant, "Ben");
        var elsewhere = new PolicyCache(new PolicyRepository(jdbc), tenancy);
        assertThat(elsewhere.get(tenant).findGrant(ben.value(), RUN_FLOWS, null, null, clock.instant()))
                .isNull();
        var assignment = people.assign(tenant, ben, "flow-manager", Optional.empty());
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() ->
                        elsewhere.get(tenant).findGrant(ben.value(), RUN_FLOWS, null, null, clock.instant()) != null);
        assignments.revoke(PeopleFixture.adminIdentity(tenant), TenantScope.of(tenant), assignment.id());
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() ->
                        elsewhere.get(tenant).findGrant(ben.value(), RUN_FLOWS, null, null, clock.instant()) == null);
    }
}
