package dev.patchbay.iam.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.access.Policy.Grant;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A grant reaches as far as its scope and lasts as long as its end says. */
class PolicyTests {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Permission READ_RUNS = Permission.of("read:runs");
    private static final Permission READ_COSTS = Permission.of("read:costs");

    private static Grant grant(String client, String resource, Instant until) {
        return new Grant("asg_1", "usr_1", "reader", Set.of(READ_RUNS, READ_COSTS), client, resource, until);
    }

    private static Policy policy(Grant... grants) {
        return new Policy(List.of(grants), Map.of(), Set.of("usr_1"));
    }

    @Test
    void agencyWidePermissionNeedsAGrantOfTheWholeTenant() {
        assertThat(grant("", "", Instant.MAX).allows(READ_COSTS, NOW)).isTrue();
        assertThat(grant("cli_1", "", Instant.MAX).allows(READ_COSTS, NOW)).isFalse();
        assertThat(grant("", "runs/run_1", Instant.MAX).allows(READ_COSTS, NOW)).isFalse();
        assertThat(grant("", "runs/run_1", Instant.MAX).allows(READ_RUNS, NOW)).isTrue();
    }

    @Test
    void aGrantOfAResourceOrAClientAllowsNothingElsewhere() {
        Grant ofResource = grant("", "runs/run_1", Instant.MAX);
        Grant ofClient = grant("cli_1", "", Instant.MAX);

        assertThat(policy(ofResource).findGrant("usr_1", READ_RUNS, null, "runs/run_1", NOW))
                .isEqualTo(ofResource);
        assertThat(policy(ofResource).findGrant("usr_1", READ_RUNS, "cli_1", "runs/run_2", NOW))
                .isNull();
        assertThat(policy(ofResource).findGrant("usr_1", READ_RUNS, null, null, NOW))
                .isNull();
        assertThat(policy(ofClient).findGrant("usr_1", READ_RUNS, "cli_1", "runs/run_1", NOW))
                .isEqualTo(ofClient);
        assertThat(policy(ofClient).findGrant("usr_2", READ_RUNS, "cli_1", null, NOW))
                .isNull();
    }

    @Test
    void clientsAreThoseOfGrantsThatHaveNotEnded() {
        Policy policy = policy(grant("cli_1", "", Instant.MAX), grant("cli_2", "", NOW));

        assertThat(policy.clients("usr_1", READ_RUNS, NOW)).containsExactly(new ClientId("cli_1"));
        assertThat(policy.clients("usr_2", READ_RUNS, NOW)).isEmpty();
    }

    @Test
    void aTokenOfOneClientHoldsNothingAgencyWideAndAWildcardOnlyPermissionsThatExist() {
        var everything = Set.of(Permission.of("*:*"));
        var whole = new TokenGrant(everything, Optional.empty());
        var ofClient = new TokenGrant(everything, Optional.of(new ClientId("cli_1")));

        assertThat(whole.allows(READ_COSTS)).isTrue();
        assertThat(ofClient.allows(READ_COSTS)).isFalse();
        assertThat(ofClient.allows(READ_RUNS)).isTrue();
        assertThat(whole.allows(Permission.of("read:nonsense"))).isFalse();
        assertThat(new TokenGrant(Set.of(READ_COSTS), Optional.empty()).allows(READ_RUNS))
                .isFalse();
    }
}
