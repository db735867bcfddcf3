package dev.patchbay.iam.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.People;
import dev.patchbay.iam.access.Access.Question;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
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

/** Who reaches how far, and how soon a change holds. */
@PatchbayTest
class AccessDecisionTests {

    private static final Permission READ_RUNS = Permission.of("read:runs");
    private static final Permission RUN_FLOWS = Permission.of("run:flows");

    @Autowired
    private People people;

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
    void aUserReachesTheClientsOfTheirRolesOrTheWholeTenant() {
        TenantId tenant = people.tenant();
        ClientId one = people.client(tenant, "One");
        ClientId two = people.client(tenant, "Two");
        String ben = people.user(tenant, "Ben");
        Identity identity = People.as(tenant, ben);
        assertThat(access.reach(identity, READ_RUNS)).isEmpty();
        people.give(tenant, ben, "client-viewer", Optional.of(one));
        people.give(tenant, ben, "client-operator", Optional.of(two));
        assertThat(access.reach(identity, READ_RUNS)).contains(TenantScope.of(tenant, Set.of(one, two)));
        assertThat(access.reach(identity, RUN_FLOWS)).contains(TenantScope.of(tenant, two));
        people.give(tenant, ben, "flow-manager", Optional.empty());
        assertThat(access.reach(identity, RUN_FLOWS)).contains(TenantScope.of(tenant));
        people.state(tenant, ben, "suspended");
        access.changed(tenant);
        assertThat(access.reach(identity, RUN_FLOWS)).isEmpty();
        assertThat(access.who(tenant, new Question(RUN_FLOWS, two, null))).isEmpty();
    }

    @Test
    void oneThingCanBeGivenAway() {
        TenantId tenant = people.tenant();
        String ben = people.user(tenant, "Ben");
        assignments.put(
                "system",
                tenant,
                new RoleAssignments.NewAssignment(
                        ben, "flow-manager", Optional.empty(), Optional.of("flows/flw_1"), Optional.empty()));
        Identity identity = People.as(tenant, ben);
        assertThat(access.reach(identity, RUN_FLOWS)).isEmpty();
        assertThat(access.holds(identity, RUN_FLOWS, "flows/flw_1")).isTrue();
        assertThat(access.holds(identity, RUN_FLOWS, "flows/flw_2")).isFalse();
        assertThat(access.holds(People.root(tenant), RUN_FLOWS, "flows/flw_1")).isFalse();
        var may = access.check(tenant, ben, new Question(RUN_FLOWS, null, "flows/flw_1"));
        assertThat(may.reason()).contains("for flows/flw_1");
        assertThat(may.via().getFirst().resource()).isEqualTo("flows/flw_1");
        assertThat(access.check(tenant, ben, new Question(RUN_FLOWS, null, "flows/flw_2"))
                        .allow())
                .isFalse();
    }

    @Test
    void anAssignmentEndsWhenItIsSaidTo() {
        TenantId tenant = people.tenant();
        String ben = people.user(tenant, "Ben");
        var end = clock.instant().plusMillis(300);
        assignments.put(
                "system",
                tenant,
                new RoleAssignments.NewAssignment(
                        ben, "flow-manager", Optional.empty(), Optional.empty(), Optional.of(end)));
        var question = new Question(RUN_FLOWS, null, null);
        assertThat(access.check(tenant, ben, question).via().getFirst().expiresAt())
                .isPresent();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(access.check(tenant, ben, question).reason()).contains("has ended"));
        assertThat(access.reach(People.as(tenant, ben), RUN_FLOWS)).isEmpty();
    }

    @Test
    void whoActsForAUserHandsNothingOut() {
        TenantId tenant = people.tenant();
        String ada = people.user(tenant, "Ada");
        people.give(tenant, ada, "tenant-admin", Optional.empty());
        var support = Identity.user(tenant, ada, "ses_1", Optional.of("usr_platform"));
        assertThat(access.reach(support, READ_RUNS)).isPresent();
        assertThat(access.reach(support, Permission.of("assign:roles"))).isEmpty();
        assertThat(access.holds(support, Permission.of("issue:tokens"), "tokens/tok_1"))
                .isFalse();
        assertThat(access.reach(People.as(tenant, ada), Permission.of("operate:platform")))
                .isEmpty();
    }

    /** Another process is another cache on the same database. */
    @Test
    void aChangeHoldsInEveryProcessWithinASecond() {
        TenantId tenant = people.tenant();
        String ben = people.user(tenant, "Ben");
        var elsewhere = new PolicyCache(new PolicyRepository(jdbc), tenancy);
        assertThat(elsewhere.of(tenant).allowing(ben, RUN_FLOWS, null, null, clock.instant()))
                .isNull();
        var given = people.give(tenant, ben, "flow-manager", Optional.empty());
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> elsewhere.of(tenant).allowing(ben, RUN_FLOWS, null, null, clock.instant()) != null);
        assignments.take(People.root(tenant), TenantScope.of(tenant), given.id());
        Awaitility.await()
                .atMost(Duration.ofSeconds(1))
                .until(() -> elsewhere.of(tenant).allowing(ben, RUN_FLOWS, null, null, clock.instant()) == null);
    }
}
