package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Calls every operation of the OpenAPI document with ids of another tenant or client, in path, query and body. A new endpoint is
 * included without a line here.
 */
@PatchbayTest
class CrossTenantAttackTests {

    private static final TenantId DEMO = new TenantId("tnt_demo");
    private static final ClientId NORTHSIDE = new ClientId("cli_northside");
    private static final ClientId HARBOR = new ClientId("cli_harbor");

    @Autowired
    private PeopleFixture people;

    @Autowired
    private Sessions sessions;

    private Set<String> northsideIds = Set.of();

    @BeforeEach
    void createDataOfNorthside() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        String run = PhoneCalls.ended(call).path("id").asString();
        String event = PhoneCalls.analyzed(call).path("id").asString();
        UserId viewer = people.createUser(DEMO, "Viewer");
        String assignment = people.assign(DEMO, viewer, "client-viewer", Optional.of(NORTHSIDE))
                .id()
                .value();
        people.issueToken(DEMO, Optional.of(NORTHSIDE), "read:runs");
        var group = TestEnvironment.post(
                "/api/v1/iam/groups",
                Json.object().put("name", "Front desk " + viewer).put("clientId", NORTHSIDE.value()));
        northsideIds = Set.of(
                NORTHSIDE.value(),
                call,
                run,
                event,
                assignment,
                group.body().path("id").asString(),
                caller.path("from").asString());
        awaitRest();
    }

    /** Waits until the webhooks about the actions of the run have arrived. */
    private static void awaitRest() {
        var previous = new AtomicReference<>(Map.<String, String>of());
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(750))
                .until(() -> {
                    var now = CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "'");
                    return now.equals(previous.getAndSet(now));
                });
    }

    @Test
    void aTokenOfAnotherTenantReadsAndChangesNothing() {
        TenantId stranger = people.createTenant();
        people.createClient(stranger, "Own");
        var crossTenantAttack = CrossTenantAttack.withToken(
                people.issueToken(stranger, Optional.empty(), "*:*"), CrossTenantAttack.collectIds(northsideIds));
        var before = CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "'");

        crossTenantAttack.attackEveryOperation();

        assertThat(crossTenantAttack.responseCount()).isGreaterThan(1_000);
        assertThat(crossTenantAttack.leaks()).isEmpty();
        assertUnchanged(before, CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "'"));
    }

    @Test
    void aTokenOfAnotherClientReadsAndChangesNothing() {
        var crossTenantAttack =
                CrossTenantAttack.withToken(people.issueToken(DEMO, Optional.of(HARBOR), "*:*"), northsideIds);
        var before = CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "' AND client_id = '" + NORTHSIDE + "'");

        crossTenantAttack.attackEveryOperation();

        assertThat(crossTenantAttack.responseCount()).isGreaterThan(500);
        assertThat(crossTenantAttack.leaks()).isEmpty();
        assertUnchanged(
                before, CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "' AND client_id = '" + NORTHSIDE + "'"));
    }

    @Test
    void aSessionOfAnotherTenantReadsAndChangesNothing() {
        TenantId stranger = people.createTenant();
        UserId admin = people.createUser(stranger, "Mallory");
        people.assign(stranger, admin, "tenant-admin", Optional.empty());
        var own = sessions.open(stranger, admin, new SessionOrigin("127.0.0.1", "test"));
        var demos = sessions.open(DEMO, people.createUser(DEMO, "Ada"), new SessionOrigin("127.0.0.1", "test"));
        var ids = new TreeSet<>(CrossTenantAttack.collectIds(northsideIds));
        ids.add(demos.session().id().value());
        var crossTenantAttack = CrossTenantAttack.withSession(own.secret(), ids);
        var before = CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "'");

        crossTenantAttack.attackEveryOperation();

        assertThat(crossTenantAttack.responseCount()).isGreaterThan(1_000);
        assertThat(crossTenantAttack.leaks()).isEmpty();
        assertUnchanged(before, CrossTenantAttack.digestRows("tenant_id = '" + DEMO + "'"));
        assertThat(sessions.authenticate(own.secret())).isPresent();
    }

    private static void assertUnchanged(Map<String, String> before, Map<String, String> after) {
        assertThat(after).isEqualTo(before);
    }
}
