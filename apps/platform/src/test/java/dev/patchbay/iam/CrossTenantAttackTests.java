package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.iam.signin.Sessions;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
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
 * Attacks every operation of the OpenAPI document with what belongs to somebody else, in its path, its parameters and its
 * body. A new endpoint is attacked without a line here.
 */
@PatchbayTest
class CrossTenantAttackTests {

    private static final TenantId DEMO = new TenantId("tnt_demo");
    private static final ClientId NORTHSIDE = new ClientId("cli_northside");
    private static final ClientId HARBOR = new ClientId("cli_harbor");

    @Autowired
    private People people;

    @Autowired
    private Sessions sessions;

    private Set<String> northsides = Set.of();

    @BeforeEach
    void aClientWithSomethingToSteal() {
        var caller = PhoneCalls.newCaller();
        String call = PhoneCalls.place(caller);
        String run = PhoneCalls.ended(call).path("id").asString();
        String event = PhoneCalls.analyzed(call).path("id").asString();
        String viewer = people.user(DEMO, "Viewer");
        String assignment = people.give(DEMO, viewer, "client-viewer", Optional.of(NORTHSIDE))
                .id();
        people.token(DEMO, Optional.of(NORTHSIDE), "read:runs");
        var group = TestEnvironment.post(
                "/api/v1/iam/groups",
                Json.object().put("name", "Front desk " + viewer).put("clientId", NORTHSIDE.value()));
        northsides = Set.of(
                NORTHSIDE.value(),
                call,
                run,
                event,
                assignment,
                group.body().path("id").asString(),
                caller.path("from").asString());
        atRest();
    }

    /** Providers tell of what the run did there a little later. */
    private static void atRest() {
        var seen = new AtomicReference<>(Map.<String, String>of());
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(750))
                .until(() -> {
                    var now = Attack.rows("tenant_id = '" + DEMO + "'");
                    return now.equals(seen.getAndSet(now));
                });
    }

    @Test
    void anotherTenantGetsNothingAndChangesNothing() {
        TenantId stranger = people.tenant();
        people.client(stranger, "Own");
        var attack = Attack.withToken(people.token(stranger, Optional.empty(), "*:*"), Attack.everyIdOf(northsides));
        var before = Attack.rows("tenant_id = '" + DEMO + "'");

        attack.everywhere();

        assertThat(attack.answers()).isGreaterThan(1_000);
        assertThat(attack.leaks()).isEmpty();
        assertUnchanged(before, Attack.rows("tenant_id = '" + DEMO + "'"));
    }

    @Test
    void anotherClientGetsNothingAndChangesNothing() {
        var attack = Attack.withToken(people.token(DEMO, Optional.of(HARBOR), "*:*"), northsides);
        var before = Attack.rows("tenant_id = '" + DEMO + "' AND client_id = '" + NORTHSIDE + "'");

        attack.everywhere();

        assertThat(attack.answers()).isGreaterThan(500);
        assertThat(attack.leaks()).isEmpty();
        assertUnchanged(before, Attack.rows("tenant_id = '" + DEMO + "' AND client_id = '" + NORTHSIDE + "'"));
    }

    @Test
    void somebodyWhoIsSignedInElsewhereGetsNothingAndChangesNothing() {
        TenantId stranger = people.tenant();
        String admin = people.user(stranger, "Mallory");
        people.give(stranger, admin, "tenant-admin", Optional.empty());
        var own = sessions.open(stranger, admin, new Sessions.Origin("127.0.0.1", "test"));
        var demos = sessions.open(DEMO, people.user(DEMO, "Ada"), new Sessions.Origin("127.0.0.1", "test"));
        var ids = new TreeSet<>(Attack.everyIdOf(northsides));
        ids.add(demos.session().id());
        var attack = Attack.withSession(own.secret(), ids);
        var before = Attack.rows("tenant_id = '" + DEMO + "'");

        attack.everywhere();

        assertThat(attack.answers()).isGreaterThan(1_000);
        assertThat(attack.leaks()).isEmpty();
        assertUnchanged(before, Attack.rows("tenant_id = '" + DEMO + "'"));
        assertThat(sessions.use(own.secret())).isPresent();
    }

    private static void assertUnchanged(Map<String, String> before, Map<String, String> after) {
        assertThat(after).isEqualTo(before);
    }
}
