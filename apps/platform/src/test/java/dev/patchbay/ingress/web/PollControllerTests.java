package dev.patchbay.ingress.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.iam.Caller;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class PollControllerTests {

    @Autowired
    private PollController controller;

    @Test
    void aTokenOfOneClientDoesNotReachTheAgencysConnections() {
        var scope = TenantScope.of(new TenantId("tnt_demo"), new ClientId("cli_northside"));
        var caller = new Caller(scope, "token", Set.of("ingress:operate", "ingress:read"));
        assertThatThrownBy(() -> controller.poll(caller, null)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> controller.days(
                        caller, Optional.empty(), Optional.empty(), Optional.empty(), 1, Optional.empty()))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> controller.differences(caller, Optional.empty(), 1, Optional.empty()))
                .hasMessageContaining("whole agency");
    }
}
